package io.gantry.task;

/** A value that breaks the rule of its attribute; never leaves the rules. */
final class BrokenRule extends RuntimeException {

    private final String predicate;

    /** @param predicate what the attribute must or can't be, to be put after its name: {@code must be a string} */
    BrokenRule(String predicate) {
        super(predicate);
        this.predicate = predicate;
    }

    String predicate() {
        return predicate;
    }
}
