package io.gantry.jsonapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place in a sorted list, opaque to clients: the order that it belongs to, and the sort keys of the resource beside it. The
 * checksum keeps guesses and cut-off copies out; it is no secret, so readers still check what a key says.
 */
public final class Cursor {

    private static final byte FORMAT = 1;
    private static final int CHECKSUM_BYTES = 6;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

    private final SortKey order;
    private final List<String> keys;

    private Cursor(SortKey order, List<String> keys) {
        this.order = order;
        this.keys = keys;
    }

    /**
     * The place of one resource.
     *
     * @param keys of the resource, as many as it takes to tell it from its neighbours; instants and ids in their text form
     */
    public static Cursor of(SortKey order, String... keys) {
        return new Cursor(order, List.of(keys));
    }

    static Optional<Cursor> parse(String text, SortKey order) {
        try {
            return decode(Base64.getUrlDecoder().decode(text)).filter(cursor -> cursor.order.equals(order));
        } catch (IllegalArgumentException | JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<Cursor> decode(byte[] bytes) throws JsonProcessingException {
        if (bytes.length <= 1 + CHECKSUM_BYTES || bytes[0] != FORMAT) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        byte[] checksum = new byte[CHECKSUM_BYTES];
        buffer.get(checksum);
        byte[] content = new byte[buffer.remaining()];
        buffer.get(content);
        if (!MessageDigest.isEqual(checksum, checksum(content))) {
            return Optional.empty();
        }
        @Nullable List<String> words = Json.read(new String(content, StandardCharsets.UTF_8), STRINGS);
        return words != null && !words.isEmpty() && words.stream().allMatch(Cursor::isText)
                ? Optional.of(new Cursor(SortKey.parse(words.get(0)), words.subList(1, words.size())))
                : Optional.empty();
    }

    /** The database holds no other. */
    private static boolean isText(@Nullable String word) {
        return word != null && TextScan.isText(word);
    }

    /** The key at this index, as text. */
    public String text(int index) {
        if (index >= keys.size()) {
            throw unusable();
        }
        return keys.get(index);
    }

    /** One that the database can hold; nothing here is older than the service itself. */
    public Instant instant(int index) {
        try {
            Instant instant = Instant.parse(text(index));
            if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST)) {
                throw unusable();
            }
            return instant;
        } catch (DateTimeException e) {
            throw unusable();
        }
    }

    public UUID uuid(int index) {
        try {
            return UUID.fromString(text(index));
        } catch (IllegalArgumentException e) {
            throw unusable();
        }
    }

    public long number(int index) {
        try {
            return Long.parseLong(text(index));
        } catch (NumberFormatException e) {
            throw unusable();
        }
    }

    private static RuntimeException unusable() {
        return QueryReader.badCursor("page[after]").asException();
    }

    /** As clients see it. */
    @Override
    public String toString() {
        byte[] content = Json.text(Stream.concat(Stream.of(order.toString()), keys.stream())
                        .toList())
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(1 + CHECKSUM_BYTES + content.length);
        buffer.put(FORMAT).put(checksum(content)).put(content);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array());
    }

    private static byte[] checksum(byte[] content) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(content), CHECKSUM_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
