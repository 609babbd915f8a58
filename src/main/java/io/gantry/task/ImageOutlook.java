package io.gantry.task;

import java.util.Optional;

/** What a run would find when it asked for its image. */
record ImageOutlook(PullPolicy policy, ImagePresence presence) {

    /** Absent where the engine can't be asked, or doesn't take the reference. */
    Optional<Boolean> isPresent() {
        return isAnswered() ? Optional.of(presence instanceof ImagePresence.Present) : Optional.empty();
    }

    /** Absent where it isn't known. */
    Optional<Boolean> willBePulled() {
        if (presence instanceof ImagePresence.Refused) {
            return Optional.of(false);
        }
        return switch (policy) {
            case ALWAYS -> Optional.of(true);
            case NEVER -> Optional.of(false);
            case MISSING -> isPresent().map(there -> !there);
        };
    }

    /** For a person, as a clause. */
    String clause() {
        if (presence instanceof ImagePresence.Refused refused) {
            return "it would fail, since the container engine refuses its image (" + refused.why() + ")";
        }
        if (!isAnswered()) {
            return "whether its image is there isn't known, since the container engine can't be asked";
        }
        return switch (policy) {
            case ALWAYS -> "its image would be pulled, as its pullPolicy says";
            case NEVER ->
                isThere()
                        ? "its image is there"
                        : "it would fail, since its image isn't there and its pullPolicy is never";
            case MISSING -> isThere() ? "its image is there" : "its image would have to be pulled first";
        };
    }

    private boolean isThere() {
        return presence instanceof ImagePresence.Present;
    }

    private boolean isAnswered() {
        return isThere() || presence instanceof ImagePresence.Absent;
    }
}
