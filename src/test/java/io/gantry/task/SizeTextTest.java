package io.gantry.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTextTest {

    @ParameterizedTest
    @CsvSource({"0B, 0", "1000B, 1000", "1KiB, 1024", "1536KiB, 1572864", "64MiB, 67108864", "2GiB, 2147483648"})
    void is_written_in_the_largest_unit_without_a_fraction(String text, long bytes) {
        assertThat(SizeText.format(bytes)).isEqualTo(text);
        assertThat(SizeText.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1MB, 1000000", "1024 MiB, 1073741824"})
    void may_be_read_in_others(String text, long bytes) {
        assertThat(SizeText.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "MiB", "-1MiB", "0.5GiB", "9999999999999PiB"})
    void is_nothing_else(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SizeText.parse(text));
    }
}
