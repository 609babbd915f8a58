package io.gantry.jsonapi;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A client's wish to get its answer when something is over, or after some time: {@code Prefer: wait} (RFC 7240). No thread
 * waits with it.
 *
 * @param atMost as the client said, but never longer than {@link #LONGEST}
 */
public record Waiting(Duration atMost) {

    public static final Duration LONGEST = Duration.ofSeconds(60);

    /** Empty when the client wants its answer at once. */
    public static Optional<Waiting> of(Call call) {
        return call.preferredWait().map(wish -> new Waiting(wish.compareTo(LONGEST) < 0 ? wish : LONGEST));
    }

    /** Gives the answer once the stage is complete, on its thread. */
    public void answer(AsyncResponse response, CompletionStage<Void> over, Supplier<Response> answer) {
        over.whenComplete((nothing, failure) -> resume(response, answer));
    }

    /** An answer that says whether the client's wish was heeded. */
    public static Response applied(Optional<Waiting> waiting, Response answer) {
        return waiting.map(w -> w.applied(answer)).orElse(answer);
    }

    private Response applied(Response answer) {
        return Response.fromResponse(answer)
                .header("Preference-Applied", "wait=" + atMost.toSeconds())
                .build();
    }

    private void resume(AsyncResponse response, Supplier<Response> answer) {
        try {
            response.resume(applied(answer.get()));
        } catch (RuntimeException e) {
            response.resume(e);
        }
    }
}
