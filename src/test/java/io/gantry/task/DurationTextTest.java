package io.gantry.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "0s, PT0S",
        "10s, PT10S",
        "90s, PT90S",
        "5m, PT5M",
        "61m, PT61M",
        "1h, PT1H",
        "48h, PT48H",
        "1500ms, PT1.5S"
    })
    void is_written_in_the_largest_unit_that_needs_no_fraction(String text, Duration duration) {
        assertThat(DurationText.format(duration)).isEqualTo(text);
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"300s, PT5M", "2 minutes, PT2M", "1 d, PT24H", "7 hours, PT7H"})
    void is_read_as_the_config_file_reads_it(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "s", "-1s", "1.5s", "10 lightyears", "99999999999999999999s", "9223372036854775807d"})
    void is_refused_otherwise(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse(text));
    }
}
