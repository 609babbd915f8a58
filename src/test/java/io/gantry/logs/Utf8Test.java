package io.gantry.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {

    @Test
    void text_is_text_with_NUL_too() {
        byte[] bytes = "a\0é€😀".getBytes(UTF_8);

        assertThat(Utf8.text(bytes, 0, bytes.length)).contains("a\0é€😀");
    }

    @Test
    void a_single_wrong_byte_makes_it_bytes() {
        assertThat(Utf8.text(new byte[] {'a', (byte) 0x80}, 0, 2)).isEmpty();
        assertThat(Utf8.text(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, 0, 3))
                .as("half of a surrogate pair")
                .isEmpty();
        assertThat(Utf8.text("€".getBytes(UTF_8), 0, 2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "€", "😀"})
    void a_split_character_is_found_wherever_it_is_split(String character) {
        byte[] bytes = ("ab" + character + "c").getBytes(UTF_8);
        int length = character.getBytes(UTF_8).length;
        for (int within = 0; within <= length; within++) {
            int expected = within == length ? 0 : within;
            assertThat(Utf8.splitCharacter(bytes, 0, 2 + within)).isEqualTo(expected);
        }
    }

    @Test
    void bytes_that_begin_no_character_are_left_alone() {
        byte[] bytes = {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80};

        assertThat(Utf8.splitCharacter(bytes, 0, 4)).isZero();
    }
}
