package io.gantry.logs;

import io.gantry.database.Database;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.logs.ByteRange.Part;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import io.gantry.run.RunId;
import io.gantry.task.TaskId;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
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
    Response ofRun(String id, ContainerRequestContext request, HttpServletResponse answer) {
        return answer(RunId.parse(id).flatMap(runs::find).orElseThrow(() -> notFound("run")), request, answer);
    }

    /** What the container of a task's latest run wrote. */
    Response ofTask(String id, ContainerRequestContext request, HttpServletResponse answer) {
        return answer(TaskId.parse(id).flatMap(runs::findLatest).orElseThrow(() -> notFound("task")), request, answer);
    }

    private static ProblemException notFound(String noun) {
        return Problem.of(HttpProblem.NOT_FOUND, "There is no %s with this id.".formatted(noun))
                .asException();
    }

    private Response answer(LoggedRun run, ContainerRequestContext request, HttpServletResponse answer) {
        String rawQuery = request.getUriInfo().getRequestUri().getRawQuery();
        LogQuery query = LogQueries.parse(rawQuery == null ? "" : rawQuery, clock.instant());
        Optional<ByteRange> range = range(request);
        StoredLog log = reader.open(run);
        LogSelection selection = reader.select(log, query);
        Response.ResponseBuilder response;
        if (prefersLines(request)) {
            response = Response.ok(ndjson(log, selection), NDJSON);
        } else if (query.timestamps()) {
            response = Response.ok(timestamped(log, selection), TEXT);
        } else {
            response = bytes(log, selection, range, answer);
        }
        run.complete().ifPresent(complete -> response.header("X-Log-Complete", complete));
        return response.header("X-Log-Truncated", run.truncated())
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private Response.ResponseBuilder bytes(
            StoredLog log, LogSelection selection, Optional<ByteRange> range, HttpServletResponse answer) {
        long length = selection.length();
        if (range.isEmpty()) {
            return part(log, selection, Response.Status.OK, 0, length);
        }
        Part part = range.get().within(length).orElseThrow(() -> notSatisfiable(length, answer));
        long last = part.first() + part.count() - 1;
        return part(log, selection, Response.Status.PARTIAL_CONTENT, part.first(), part.count())
                .header("Content-Range", "bytes %d-%d/%d".formatted(part.first(), last, length));
    }

    private Response.ResponseBuilder part(
            StoredLog log, LogSelection selection, Response.Status status, long skip, long count) {
        StreamingOutput body = out -> reader.copy(log, selection, skip, count, out);
        return Response.status(status)
                .entity(body)
                .type(TEXT)
                .header(HttpHeaders.CONTENT_LENGTH, count)
                .header("Accept-Ranges", "bytes");
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

    private static ProblemException notSatisfiable(long length, HttpServletResponse answer) {
        answer.setHeader("Content-Range", "bytes */" + length);
        return Problem.of(
                        HttpProblem.RANGE_NOT_SATISFIABLE,
                        "What is selected of the log has %d bytes; the range lies outside of it.".formatted(length))
                .at(Place.header("Range"))
                .asException();
    }

    /** A range applies to GET only, and a condition on a version never holds: logs have no validators. */
    private static Optional<ByteRange> range(ContainerRequestContext request) {
        String header = request.getHeaderString("Range");
        if (header == null || !request.getMethod().equals("GET") || request.getHeaderString("If-Range") != null) {
            return Optional.empty();
        }
        return ByteRange.parse(header);
    }

    private static boolean prefersLines(ContainerRequestContext request) {
        for (MediaType accepted : request.getAcceptableMediaTypes()) {
            if (accepted.isCompatible(MediaType.TEXT_PLAIN_TYPE)) {
                return false;
            }
            if (accepted.isCompatible(MediaType.valueOf(NDJSON))) {
                return true;
            }
        }
        return false;
    }
}
