package io.gantry.jsonapi;

import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemCode;
import io.gantry.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An answer that says what is wrong: one error object for each problem, and the status that covers them all. */
final class ErrorDocument {

    /** When it is worth trying again, if we don't know better. */
    private static final String RETRY_AFTER_SECONDS = "2";

    /** Enough for a person to mend; a program could break thousands of rules in one request. */
    private static final int MAX_ERRORS = 100;

    private final List<Problem> problems;
    private final String requestId;

    ErrorDocument(List<Problem> problems, String requestId) {
        this.problems = problems;
        this.requestId = requestId;
    }

    int status() {
        int[] statuses = statuses().distinct().toArray();
        if (statuses.length == 1) {
            return statuses[0];
        }
        return IntStream.of(statuses).anyMatch(status -> status >= 500) ? 500 : 400;
    }

    /** The headers that belong to this status. */
    Map<String, String> headers() {
        return switch (status()) {
            case 401 -> Map.of("WWW-Authenticate", "Bearer realm=\"gantry\"");
            case 429, 503 -> Map.of("Retry-After", retryAfter());
            // What is left of the body would have to be read before the next request.
            case 408, 413 -> Map.of("Connection", "close");
            default -> Map.of();
        };
    }

    /** In whole seconds, which the header wants. */
    private String retryAfter() {
        return problems.stream()
                .flatMap(problem -> problem.retryAfter().stream())
                .max(Comparator.naturalOrder())
                .map(wait -> Long.toString(wait.plusMillis(999).toSeconds()))
                .orElse(RETRY_AFTER_SECONDS);
    }

    byte[] body() {
        Map<String, @Nullable Object> document = DocumentWriter.start();
        document.put(
                "errors", problems.stream().limit(MAX_ERRORS).map(this::error).toList());
        return Json.text(document).getBytes(StandardCharsets.UTF_8);
    }

    private IntStream statuses() {
        return problems.stream().mapToInt(problem -> status(problem.code()));
    }

    private Map<String, Object> error(Problem problem) {
        int status = status(problem.code());
        return status == 500 ? internalError() : error(status, problem);
    }

    /** The request id and nothing else: what went wrong inside stays inside. */
    private Map<String, Object> internalError() {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("id", requestId);
        error.putAll(error(
                500,
                Problem.of(
                        HttpProblem.INTERNAL_ERROR,
                        "The service's log says more under the request id " + requestId + ".")));
        return error;
    }

    private static Map<String, Object> error(int status, Problem problem) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("status", Integer.toString(status));
        error.put("code", problem.code().code());
        error.put("title", problem.code().title());
        error.put("detail", problem.detail());
        Map<String, String> source = source(problem.place());
        if (!source.isEmpty()) {
            error.put("source", source);
        }
        return error;
    }

    private static Map<String, String> source(Place place) {
        if (place instanceof Place.Pointer pointer) {
            return Map.of("pointer", pointer.pointer());
        }
        if (place instanceof Place.Parameter parameter) {
            return Map.of("parameter", parameter.name());
        }
        return place instanceof Place.Header header ? Map.of("header", header.name()) : Map.of();
    }

    private static int status(ProblemCode code) {
        return code instanceof HttpProblem http ? http.status() : status(code.kind());
    }

    private static int status(ProblemKind kind) {
        return switch (kind) {
            case MALFORMED -> 400;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case INVALID -> 422;
            case UNAVAILABLE -> 503;
            case INTERNAL -> 500;
        };
    }
}
