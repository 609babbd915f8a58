package io.gantry.chaos.observer;

import io.gantry.chaos.observer.Exchange.Answer;
import io.gantry.chaos.observer.Exchange.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends requests, each once, and records what became of them. May be used by many threads. */
public final class RecordingClient {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<Exchange> exchanges = new ArrayList<>();

    /** Empty when no answer came, for whatever reason. */
    public Optional<Answer> send(URI base, Request request) throws InterruptedException {
        Instant sentAt = Instant.now();
        Optional<Answer> answer = answer(base, request);
        synchronized (exchanges) {
            exchanges.add(new Exchange(request, sentAt, Instant.now(), answer));
        }
        return answer;
    }

    private Optional<Answer> answer(URI base, Request request) throws InterruptedException {
        HttpRequest.Builder outgoing = HttpRequest.newBuilder(base.resolve(request.target()))
                .timeout(PATIENCE)
                .method(
                        request.method(),
                        request.body().isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(request.body()));
        if (!request.body().isEmpty()) {
            outgoing.header("Content-Type", "application/json");
        }
        request.idempotencyKey().ifPresent(key -> outgoing.header("Idempotency-Key", key));
        try {
            HttpResponse<byte[]> response = http.send(outgoing.build(), BodyHandlers.ofByteArray());
            return Optional.of(new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Retry-After"),
                    response.headers().firstValue("Location"),
                    response.headers().firstValue("X-Log-Complete"),
                    Bytes.of(response.body())));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** In the order in which they were done. */
    public List<Exchange> exchanges() {
        synchronized (exchanges) {
            return List.copyOf(exchanges);
        }
    }
}
