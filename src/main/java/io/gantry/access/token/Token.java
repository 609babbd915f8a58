package io.gantry.access.token;

import io.gantry.access.Role;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A token as it is kept, which is without its secret.
 *
 * @param prefix the part of its text by which people tell it from others
 * @param lastUsedAt to the minute
 */
record Token(UUID id, String prefix, Draft draft, Instant createdAt, String createdBy, Optional<Instant> lastUsedAt) {

    /** What whoever makes a token says of it. */
    record Draft(String title, String owner, Role role, Optional<Instant> expiresAt) {}

    /** One that was just made, the only time that its text is known. */
    record Fresh(Token token, TokenText text) {}
}
