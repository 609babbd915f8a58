package io.gantry.access.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.access.Role;
import io.gantry.jsonapi.AttributeReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Turns the attributes of a request for a token into a draft, or notes what is wrong with them. */
final class TokenRules {

    static final int LONGEST = 255;

    private static final long MOST_SECONDS = 100L * 365 * 24 * 3600;

    private TokenRules() {}

    /** Raises everything that is wrong. */
    static Token.Draft read(AttributeReader in, Instant now) {
        Optional<String> title = in.require("title", AttributeReader.text(1, LONGEST));
        Optional<Role> role = in.require("role", TokenRules::role);
        Optional<String> owner = in.find("owner", AttributeReader.text(1, LONGEST));
        Optional<Instant> expiresAt = in.find("expiresAt", value -> future(value, now));
        in.finish();
        return new Token.Draft(title.orElseThrow(), owner.or(() -> title).orElseThrow(), role.orElseThrow(), expiresAt);
    }

    private static Role role(JsonNode value) {
        return Role.parse(value.asText())
                .filter(role -> value.isTextual())
                .orElseThrow(() -> new IllegalArgumentException("It must be submitter, viewer, operator or admin."));
    }

    private static Instant future(JsonNode value, Instant now) {
        try {
            Instant at = OffsetDateTime.parse(AttributeReader.text(1, LONGEST).apply(value))
                    .toInstant();
            if (at.isAfter(now) && at.isBefore(now.plusSeconds(MOST_SECONDS))) {
                return at;
            }
        } catch (DateTimeException e) {
            // Told below, as all that is wrong with it.
        }
        throw new IllegalArgumentException(
                "It must be a time within the next 100 years, such as 2030-01-31T08:00:00Z; leave it out for never.");
    }
}
