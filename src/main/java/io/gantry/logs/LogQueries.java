package io.gantry.logs;

import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.QueryRules;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the query parameters of a log. */
final class LogQueries {

    private static final QueryRules RULES = QueryRules.none().taking("tail", "since", "until", "timestamps", "stream");

    private final Instant now;
    private final List<Problem> problems = new ArrayList<>();

    private LogQueries(Instant now) {
        this.now = now;
    }

    /**
     * The query, or all that is wrong with it.
     *
     * @param rawQuery as it stands in the URL, still encoded
     * @param now what {@code since=10m} is counted back from
     */
    static LogQuery parse(String rawQuery, Instant now) {
        return new LogQueries(now).read(Query.parse(rawQuery, RULES));
    }

    private LogQuery read(Query query) {
        LogQuery result = new LogQuery(
                query.parameter("stream").flatMap(this::stream),
                query.parameter("tail").flatMap(this::tail),
                query.parameter("since").flatMap(text -> time("since", text)),
                query.parameter("until").flatMap(text -> time("until", text)),
                query.parameter("timestamps").map(this::timestamps).orElse(false));
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return result;
    }

    private Optional<LogStream> stream(String text) {
        Optional<LogStream> stream = Stream.of(LogStream.STDOUT, LogStream.STDERR)
                .filter(s -> s.word().equals(text))
                .findFirst();
        if (stream.isEmpty()) {
            reject("stream", "The stream is stdout or stderr; leave the parameter out for both.");
        }
        return stream;
    }

    private Optional<Long> tail(String text) {
        if (text.matches("[0-9]{1,18}")) {
            return Optional.of(Long.parseLong(text));
        }
        if (!text.equals("all")) {
            reject("tail", "The tail is a number of lines, from 0, or the word all.");
        }
        return Optional.empty();
    }

    private Optional<Instant> time(String name, String text) {
        Optional<Instant> time = LogTime.parse(text, now);
        if (time.isEmpty()) {
            reject(
                    name,
                    ("%s is a time such as 2026-01-31T08:00:00Z (a plus in an offset is written %%2B),"
                                    + " or seconds since 1970, or how long ago, such as 10m or 1h30m.")
                            .formatted(name));
        }
        return time;
    }

    private boolean timestamps(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            reject("timestamps", "timestamps is true or false.");
        }
        return text.equals("true");
    }

    private void reject(String parameter, String detail) {
        problems.add(Query.invalid(parameter, detail));
    }
}
