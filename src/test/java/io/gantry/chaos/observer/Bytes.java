package io.gantry.chaos.observer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Some bytes, as a value. */
public final class Bytes {

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Bytes of(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    public static Bytes of(String text) {
        return new Bytes(text.getBytes(UTF_8));
    }

    public static Bytes joined(List<Bytes> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(piece -> all.writeBytes(piece.bytes));
        return new Bytes(all.toByteArray());
    }

    public int length() {
        return bytes.length;
    }

    public boolean isBeginningOf(Bytes other) {
        return bytes.length <= other.bytes.length && Arrays.equals(bytes, Arrays.copyOf(other.bytes, bytes.length));
    }

    /** As UTF-8. */
    @Override
    public String toString() {
        return new String(bytes, UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
