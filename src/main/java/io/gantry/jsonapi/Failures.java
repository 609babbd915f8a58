package io.gantry.jsonapi;

import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** Tells which problems an exception stands for, whichever layer raised it. */
final class Failures {

    private Failures() {}

    static List<Problem> problems(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException known) {
                return known.problems();
            }
        }
        if (failure instanceof WebApplicationException refusal) {
            return List.of(StatusProblems.of(refusal.getResponse().getStatus()));
        }
        if (failure instanceof HttpException refusal) {
            return List.of(StatusProblems.of(refusal.getCode()));
        }
        return List.of(StatusProblems.of(500));
    }
}
