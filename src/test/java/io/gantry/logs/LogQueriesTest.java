package io.gantry.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.problem.Place;
import io.gantry.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogQueriesTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private static LogQuery parse(String query) {
        return LogQueries.parse(query, NOW);
    }

    @Test
    void nothing_asked_is_everything() {
        assertThat(parse("")).isEqualTo(LogQuery.EVERYTHING);
        assertThat(parse("tail=all&timestamps=false")).isEqualTo(LogQuery.EVERYTHING);
    }

    @Test
    void all_can_be_asked_at_once() {
        assertThat(parse("stream=stderr&tail=0&since=1&until=2026-01-01T00:00:00%2B02:00&timestamps=true"))
                .isEqualTo(new LogQuery(
                        Optional.of(LogStream.STDERR),
                        Optional.of(0L),
                        Optional.of(Instant.ofEpochSecond(1)),
                        Optional.of(Instant.parse("2025-12-31T22:00:00Z")),
                        true));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T08:00:00Z,2026-01-31T08:00:00Z",
        "2026-01-31T08:00:00.123456789Z,2026-01-31T08:00:00.123456789Z",
        "1700000000,2023-11-14T22:13:20Z",
        "1700000000.5,2023-11-14T22:13:20.500Z",
        "10m,2026-01-31T11:50:00Z",
        "1h30m,2026-01-31T10:30:00Z",
        "1.5h,2026-01-31T10:30:00Z",
        "90s,2026-01-31T11:58:30Z",
        "250ms,2026-01-31T11:59:59.750Z"
    })
    void times_are_taken_as_docker_takes_them(String text, Instant expected) {
        assertThat(parse("since=" + text).since()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "since=",
                "since=yesterday",
                "since=-5",
                "since=10x",
                "until=2026-01-31",
                "tail=-1",
                "tail=1.5",
                "tail=",
                "tail=9999999999999999999",
                "timestamps=yes",
                "timestamps=",
                "stream=gantry",
                "stream=STDOUT",
                "stream=",
                "follow=true",
                "lines=3",
                "tail=1&tail=2"
            })
    void what_is_unknown_or_wrong_is_told_with_its_parameter(String query) {
        ProblemException problems = catchThrowableOfType(ProblemException.class, () -> parse(query));

        assertThat(problems.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code().code()).isEqualTo("invalid-parameter");
            assertThat(problem.place()).isEqualTo(Place.parameter(query.substring(0, query.indexOf('='))));
        });
    }

    @Test
    void every_mistake_is_told() {
        ProblemException problems = catchThrowableOfType(
                ProblemException.class, () -> parse("tail=x&since=x&until=x&timestamps=x&stream=x"));

        assertThat(problems.problems()).hasSize(5);
    }
}
