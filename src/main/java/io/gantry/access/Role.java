package io.gantry.access;

import static io.gantry.access.Right.ADMINISTER;
import static io.gantry.access.Right.CHANGE;
import static io.gantry.access.Right.READ;

import java.util.Arrays;
import java.util.Optional;

/** What a caller is here for. */
public enum Role {
    /** Whoever has tasks of his own, and nothing to do with those of others. */
    SUBMITTER("submitter", false, CHANGE),
    /** Whoever looks on. */
    VIEWER("viewer", true, READ),
    /** Whoever looks after all tasks. */
    OPERATOR("operator", true, CHANGE),
    /** Whoever also says who may come in. */
    ADMIN("admin", true, ADMINISTER);

    private final String word;
    private final boolean overAll;
    private final Right most;

    Role(String word, boolean overAll, Right most) {
        this.word = word;
        this.overAll = overAll;
        this.most = most;
    }

    public static Optional<Role> parse(String word) {
        return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
    }

    /** As it stands in tokens and in the API. */
    public String word() {
        return word;
    }

    boolean has(Right right) {
        return right.compareTo(most) <= 0;
    }

    /** Whether it has the right over everybody's tasks, and not only over the caller's own. */
    boolean hasOverAll(Right right) {
        return overAll && has(right);
    }
}
