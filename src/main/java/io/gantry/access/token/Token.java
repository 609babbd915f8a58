package io.gantry.access.token;

import io.gantry.access.Role;
import io.gantry.database.Mark;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A token as it is kept, which is without its secret.
 *
 * @param prefix the part of its text by which people tell it from others
 * @param lastUsedAt to the minute
 */
record Token(UUID id, String prefix, Draft draft, Instant createdAt, String createdBy, Optional<Instant> lastUsedAt) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Its place in lists, which are by the time of creation. */
    Mark mark() {
        return new Mark(createdAt.toString(), id);
    }

    static Optional<UUID> parseId(String text) {
        return ID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** What whoever makes a token says of it. */
    record Draft(String title, String owner, Role role, Optional<Instant> expiresAt) {}

    /** One that was just made, the only time that its text is known. */
    record Fresh(Token token, TokenText text) {}
}
