package io.gantry.jsonapi;

import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import java.util.List;
import java.util.Optional;

/** Which version of a resource a request is about: its {@code If-Match}. Checked where the resource is locked. */
public final class Preconditions {

    private final Optional<TagList> ifMatch;

    private Preconditions(Optional<TagList> ifMatch) {
        this.ifMatch = ifMatch;
    }

    static Preconditions parse(List<String> ifMatch) {
        return new Preconditions(TagList.parse("If-Match", ifMatch));
    }

    /** Raises {@code stale-version} if the client means another version than this whole resource, as it would be sent now. */
    public void check(Resource current) {
        if (ifMatch.isPresent() && !ifMatch.get().hasVersion(VersionTag.of(current))) {
            throw Problem.of(
                            HttpProblem.STALE_VERSION,
                            "The resource isn't as If-Match says any more. Read it again and send its present ETag.")
                    .at(Place.header("If-Match"))
                    .asException();
        }
    }
}
