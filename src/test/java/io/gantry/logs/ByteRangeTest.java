package io.gantry.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.logs.ByteRange.Part;
import io.gantry.problem.ProblemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    private static Optional<Part> partOfTen(String header) {
        return ByteRange.parse(header).orElseThrow().within(10);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-,0,10",
        "bytes=3-,3,7",
        "bytes=3-3,3,1",
        "bytes=3-5,3,3",
        "bytes=9-99999999999999999999,9,1",
        "bytes=-4,6,4",
        "bytes=-99,0,10",
        "Bytes=007-0008,7,2",
        "bytes= 1-2 ,1,2"
    })
    void ranges_are_cut_to_what_there_is(String header, long first, long count) {
        assertThat(partOfTen(header)).contains(new Part(first, count));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"})
    void ranges_outside_are_no_part(String header) {
        assertThat(partOfTen(header)).isEmpty();
    }

    @Test
    void nothing_has_no_parts() {
        assertThat(ByteRange.parse("bytes=0-").orElseThrow().within(0)).isEmpty();
        assertThat(ByteRange.parse("bytes=-5").orElseThrow().within(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lines=1-2", "bytes=0-1,3-4", "bytes=0-,-1"})
    void other_units_and_several_ranges_are_left_aside(String header) {
        assertThat(ByteRange.parse(header)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-3", "bytes=1-2,", "bytes=1", "=1-2"})
    void nonsense_is_told(String header) {
        assertThatThrownBy(() -> ByteRange.parse(header))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("invalid-header");
    }
}
