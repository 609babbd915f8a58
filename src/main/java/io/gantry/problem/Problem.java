package io.gantry.problem;

import java.time.Duration;
import java.util.Optional;

/**
 * One broken rule.
 *
 * @param detail what is wrong with this request and what would be right, in full sentences
 * @param retryAfter when the same request may be in order, where that is known
 */
public record Problem(ProblemCode code, String detail, Place place, Optional<Duration> retryAfter) {

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, Place.nowhere(), Optional.empty());
    }

    public Problem at(Place place) {
        return new Problem(code, detail, place, retryAfter);
    }

    public Problem retryAfter(Duration wait) {
        return new Problem(code, detail, place, Optional.of(wait));
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }
}
