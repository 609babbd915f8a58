package io.gantry.logs;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Text as bytes, which may be none (RFC 3629). */
final class Utf8 {

    private Utf8() {}

    /** The text, if every byte is part of one. */
    static Optional<String> text(byte[] bytes, int offset, int length) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** How many bytes before {@code to} belong to a character that goes on at or after {@code to}; 0 to 3. */
    static int splitCharacter(byte[] bytes, int from, int to) {
        for (int back = 1; back <= 3 && to - back >= from; back++) {
            int b = bytes[to - back] & 0xff;
            if (b >= 0xc0) {
                return back < lengthOfCharacter(b) ? back : 0;
            }
            if (b < 0x80) {
                return 0;
            }
        }
        return 0;
    }

    private static int lengthOfCharacter(int lead) {
        if (lead >= 0xf0) {
            return 4;
        }
        return lead >= 0xe0 ? 3 : 2;
    }
}
