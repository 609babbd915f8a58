package io.gantry.jsonapi;

import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import java.util.Arrays;

/** Tells what a bare status means, for errors of layers that know no problems. */
final class StatusProblems {

    private StatusProblems() {}

    static Problem of(int status) {
        return switch (status) {
            case 400 -> Problem.of(HttpProblem.INVALID_HEADER, "The request isn't valid HTTP, or its URI isn't valid.");
            case 404 -> Problem.of(HttpProblem.NOT_FOUND, "There is nothing under this path.");
            case 405 ->
                Problem.of(
                        HttpProblem.METHOD_NOT_ALLOWED,
                        "This path doesn't take this method; Allow says which it does.");
            case 406 ->
                Problem.of(
                                HttpProblem.NOT_ACCEPTABLE,
                                "Accept allows no media type that this path has. Send \"Accept: " + JsonApi.MEDIA_TYPE
                                        + "\" (or what this path's documentation names), or \"Accept: */*\".")
                        .at(Place.header("Accept"));
            case 408 -> Problem.of(HttpProblem.REQUEST_TIMEOUT, "Nothing more of the request arrived for too long.");
            case 413 -> tooLarge();
            case 414 -> Problem.of(HttpProblem.URI_TOO_LONG, "Send a shorter URI.");
            case 415 -> unsupportedMediaType();
            case 416 ->
                Problem.of(HttpProblem.RANGE_NOT_SATISFIABLE, "The range lies behind the end.")
                        .at(Place.header("Range"));
            case 421 -> Problem.of(HttpProblem.MISDIRECTED_REQUEST, "This service isn't known by that host name.");
            case 503 ->
                Problem.of(HttpProblem.SERVICE_UNAVAILABLE, "The service is starting or stopping. Try again soon.");
            case 431 -> Problem.of(HttpProblem.HEADERS_TOO_LARGE, "Send fewer or shorter headers.");
            default -> other(status);
        };
    }

    static Problem tooLarge() {
        return Problem.of(
                HttpProblem.PAYLOAD_TOO_LARGE, "A body may have at most " + RequestBody.MAX_BYTES / 1024 + " KiB.");
    }

    static Problem unsupportedMediaType() {
        return Problem.of(
                        HttpProblem.UNSUPPORTED_MEDIA_TYPE,
                        "Send the body with the header \"Content-Type: " + JsonApi.MEDIA_TYPE
                                + "\" without parameters, or with \"Content-Type: application/json\".")
                .at(Place.header("Content-Type"));
    }

    private static Problem other(int status) {
        if (status == 500) {
            return Problem.of(HttpProblem.INTERNAL_ERROR, "The service failed.");
        }
        return Arrays.stream(HttpProblem.values())
                .filter(problem -> problem.status() == status)
                .findFirst()
                .map(problem -> Problem.of(problem, "The request was refused with status " + status + "."))
                .orElseGet(() -> of(status < 400 ? 500 : 400));
    }
}
