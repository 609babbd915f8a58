package io.gantry.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MediaRangeTest {

    @Test
    void names_are_case_insensitive_and_values_may_be_quoted() {
        assertThat(MediaRange.parse(" Text/PLAIN ; Charset=\"a,;\\\"b\" ").orElseThrow())
                .isEqualTo(new MediaRange("text/plain", Map.of("charset", "a,;\"b"), 1));
    }

    @Test
    void a_list_has_weights() {
        assertThat(MediaRange.parseList("a/b;q=0.5, ,*/*;q=0,c/*;q=1.000").orElseThrow())
                .containsExactly(
                        new MediaRange("a/b", Map.of(), 0.5),
                        new MediaRange("*/*", Map.of(), 0),
                        new MediaRange("c/*", Map.of(), 1));
    }

    @Test
    void an_empty_list_is_a_list() {
        assertThat(MediaRange.parseList(" , ")).contains(List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/", "/b", "a/b;q=2", "a/b;q=-1", "a/b;q=x", "a/b c/d", "a/b;c", "a/b;c=\"", "a /b"})
    void what_is_no_media_type_is_refused(String text) {
        assertThat(MediaRange.parse(text)).isEmpty();
    }

    @Test
    void a_close_range_counts_more_than_a_wide_one() {
        Accept accept = Accept.parse(List.of("*/*;q=0.9", "application/json;q=0.1", "application/*;q=0.5"));
        assertThat(accept.documentType()).isEqualTo(JsonApi.MEDIA_TYPE);
        assertThat(Accept.parse(List.of("application/vnd.api+json;q=0.1, */*")).documentType())
                .isEqualTo("application/json");
    }
}
