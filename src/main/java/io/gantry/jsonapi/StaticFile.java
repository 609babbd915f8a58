package io.gantry.jsonapi;

import com.google.common.base.Suppliers;
import jakarta.ws.rs.core.EntityTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/** A file from the jar, kept in memory, that is served as it is. */
final class StaticFile {

    private final String mediaType;
    private final byte[] bytes;
    private final Supplier<EntityTag> tag;

    private StaticFile(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes;
        this.tag = Suppliers.memoize(() -> new EntityTag(hash(bytes)));
    }

    static StaticFile of(String mediaType, byte[] bytes) {
        return new StaticFile(mediaType, bytes);
    }

    /** @param path from the root of the class path */
    static StaticFile packaged(String mediaType, String path) {
        return of(mediaType, read(path));
    }

    String mediaType() {
        return mediaType;
    }

    byte[] bytes() {
        return bytes;
    }

    EntityTag tag() {
        return tag.get();
    }

    static byte[] read(String path) {
        try (InputStream in = StaticFile.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("not packaged: " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
