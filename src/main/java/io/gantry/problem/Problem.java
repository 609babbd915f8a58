package io.gantry.problem;

/**
 * One broken rule.
 *
 * @param detail what is wrong with this request and what would be right, in full sentences
 */
public record Problem(ProblemCode code, String detail, Place place) {

    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, Place.nowhere());
    }

    public Problem at(Place place) {
        return new Problem(code, detail, place);
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }
}
