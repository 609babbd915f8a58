package io.gantry.jsonapi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The strong entity tag of one resource: what all its representations share, and what tells this one from the others. Changes
 * are allowed or refused by the shared part, so that a tag from a request with {@code fields} serves as well.
 */
record VersionTag(String version, Optional<String> variant) {

    private static final int HASH_BYTES = 15;

    /** The whole resource: everything but links, which depend on the name by which the client calls us. */
    static VersionTag of(Resource resource) {
        Map<String, @Nullable Object> whole = DocumentWriter.whole(resource);
        whole.remove("links");
        return new VersionTag(hash(Json.text(whole)), Optional.empty());
    }

    VersionTag variant(String body) {
        return new VersionTag(version, Optional.of(hash(body)));
    }

    /** As it stands between the quotes. */
    String value() {
        return variant.map(more -> version + "." + more).orElse(version);
    }

    static String versionOf(String value) {
        int dot = value.indexOf('.');
        return dot < 0 ? value : value.substring(0, dot);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
