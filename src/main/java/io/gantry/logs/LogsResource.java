package io.gantry.logs;

import io.gantry.access.Caller;
import io.gantry.access.Right;
import io.gantry.access.Scope;
import io.gantry.database.Database;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.jsonapi.StreamedBody;
import io.gantry.logs.ByteRange.Part;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import io.gantry.run.RunId;
import io.gantry.task.TaskId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.InstantSource;
import java.util.Optional;

/** Logs over HTTP, as plain bytes or line by line. */
public final class LogsResource {

    static final String TEXT = "text/plain;charset=utf-8";
    static final String NDJSON = "application/x-ndjson";

    private final LoggedRuns runs;
    private final LogReader reader;
    private final InstantSource clock;

    public LogsResource(Database database, InstantSource clock) {
        this.runs = new LoggedRunStore(database);
        this.reader = new LogReader(new LogPageStore(database));
        this.clock = clock;
    }

    /** What a run's container wrote. */
    Response ofRun(String id, HttpHeaders headers, HttpServletRequest request, HttpServletResponse response) {
        LoggedRun found =
                RunId.parse(id).flatMap(run -> runs.find(run, scope(request))).orElseThrow(() -> notFound("run"));
        return answer(found, new Exchange(headers, request, response));
    }

    /** What the container of a task's latest run wrote. */
    Response ofTask(String id, HttpHeaders headers, HttpServletRequest request, HttpServletResponse response) {
        LoggedRun found = TaskId.parse(id)
                .flatMap(task -> runs.findLatest(task, scope(request)))
                .orElseThrow(() -> notFound("task"));
        return answer(found, new Exchange(headers, request, response));
    }

    private static Scope scope(HttpServletRequest request) {
        return Caller.of(request).scope(Right.READ);
    }

    private static ProblemException notFound(String noun) {
        return Problem.of(HttpProblem.NOT_FOUND, "There is no %s with this id.".formatted(noun))
                .asException();
    }

    private Response answer(LoggedRun run, Exchange exchange) {
        LogQuery query = LogQueries.parse(exchange.rawQuery(), clock.instant());
        Optional<ByteRange> range = exchange.range();
        StoredLog log = reader.open(run);
        LogSelection selection = reader.select(log, query);
        Response.ResponseBuilder response;
        if (exchange.prefersLines()) {
            response = exchange.ok(NDJSON, ndjson(log, selection));
        } else if (query.timestamps()) {
            response = exchange.ok(TEXT, timestamped(log, selection));
        } else {
            response = bytes(log, selection, range, exchange);
        }
        run.complete().ifPresent(complete -> response.header("X-Log-Complete", complete));
        return response.header("X-Log-Truncated", run.truncated()).build();
    }

    private Response.ResponseBuilder bytes(
            StoredLog log, LogSelection selection, Optional<ByteRange> range, Exchange exchange) {
        long length = selection.length();
        if (range.isEmpty()) {
            return exchange.ok(TEXT, out -> reader.copy(log, selection, 0, length, out))
                    .header(HttpHeaders.CONTENT_LENGTH, length)
                    .header("Accept-Ranges", "bytes");
        }
        Part part = range.get().within(length).orElseThrow(() -> exchange.notSatisfiable(length));
        return exchange.ok(TEXT, out -> reader.copy(log, selection, part.first(), part.count(), out))
                .status(Response.Status.PARTIAL_CONTENT)
                .header(HttpHeaders.CONTENT_LENGTH, part.count())
                .header("Accept-Ranges", "bytes")
                .header("Content-Range", part.of(length))
                // Keeps the server from compressing it: the range is one of the bytes as they are.
                .header(HttpHeaders.CONTENT_ENCODING, "identity");
    }

    private StreamingOutput timestamped(StoredLog log, LogSelection selection) {
        return out -> reader.lines(log, selection, new TimestampedLines(out));
    }

    private StreamingOutput ndjson(StoredLog log, LogSelection selection) {
        return out -> {
            NdjsonLines lines = new NdjsonLines(out);
            reader.lines(log, selection, lines);
            lines.flush();
        };
    }

    /** What is asked in headers, and how it is answered in them. */
    private record Exchange(HttpHeaders headers, HttpServletRequest request, HttpServletResponse response) {

        String rawQuery() {
            return Optional.ofNullable(request.getQueryString()).orElse("");
        }

        /** HEAD gets the headers without the work. */
        Response.ResponseBuilder ok(String type, StreamingOutput body) {
            return isHead() ? Response.ok().type(type) : Response.ok(new StreamedBody(request, body), type);
        }

        /** A range applies to GET only, and a condition on a version never holds: logs have no validators. */
        Optional<ByteRange> range() {
            boolean applies = !isHead() && request.getHeader("If-Range") == null;
            return Optional.ofNullable(request.getHeader("Range"))
                    .filter(header -> applies)
                    .flatMap(ByteRange::parse);
        }

        private boolean isHead() {
            return request.getMethod().equals("HEAD");
        }

        boolean prefersLines() {
            for (MediaType accepted : headers.getAcceptableMediaTypes()) {
                if (accepted.isCompatible(MediaType.TEXT_PLAIN_TYPE)) {
                    return false;
                }
                if (accepted.isCompatible(MediaType.valueOf(NDJSON))) {
                    return true;
                }
            }
            return false;
        }

        ProblemException notSatisfiable(long length) {
            response.setHeader("Content-Range", "bytes */" + length);
            return Problem.of(
                            HttpProblem.RANGE_NOT_SATISFIABLE,
                            "The selected log has %d bytes; the range must begin before that.".formatted(length))
                    .at(Place.header("Range"))
                    .asException();
        }
    }
}
