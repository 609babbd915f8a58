package io.gantry.chaos;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.chaos.observer.Exchange.Answer;
import io.gantry.chaos.observer.Exchange.Request;
import io.gantry.chaos.observer.RecordingClient;
import io.gantry.chaos.observer.Truth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A client that carries out a plan, and goes on with it when the service is back. */
final class Driver {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final RecordingClient client;
    private final Supplier<Optional<URI>> service;
    private final Plan plan;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Thread thread = new Thread(this::carryOut, "driver");

    /** @param service where it is; empty while it is down */
    Driver(RecordingClient client, Supplier<Optional<URI>> service, Plan plan) {
        this.client = client;
        this.service = service;
        this.plan = plan;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    void awaitEnd() throws InterruptedException, TimeoutException {
        try {
            done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the client gave up", e.getCause());
        }
    }

    /** However far it has come: nothing of its plan happens any more. */
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void carryOut() {
        try {
            for (Plan.Act act : plan.acts()) {
                carryOut(act);
            }
            done.complete(null);
        } catch (InterruptedException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private void carryOut(Plan.Act act) throws InterruptedException {
        if (act instanceof Plan.Act.Create create) {
            insist(creation(create.task(), create.key(), attributes(create.truth(), create.image())));
        } else if (act instanceof Plan.Act.CreateInvalid invalid) {
            insist(refusedCreation(invalid.task()));
        } else if (act instanceof Plan.Act.Cancel cancel) {
            insist(request("POST", cancel.task(), "/cancel"));
        } else if (act instanceof Plan.Act.CancelOnceTalking cancel) {
            awaitOutput(cancel.task());
            insist(request("POST", cancel.task(), "/cancel"));
        } else if (act instanceof Plan.Act.Delete delete) {
            delete(delete.task());
        } else if (act instanceof Plan.Act.Read read) {
            insist(request("GET", read.task(), ""));
        } else if (act instanceof Plan.Act.Pause pause) {
            TimeUnit.NANOSECONDS.sleep(pause.span().toNanos());
        }
    }

    /** A shell that is told to end before its first command has run says nothing. */
    private void awaitOutput(UUID task) throws InterruptedException {
        while (insist(request("GET", task, "/logs"))
                .filter(answer ->
                        answer.body().length() == 0 && answer.logComplete().isEmpty())
                .isPresent()) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    /** A task that is running can't be deleted. */
    private void delete(UUID task) throws InterruptedException {
        while (insist(request("DELETE", task, ""))
                .filter(answer -> answer.status() == 409)
                .isPresent()) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
    }

    /** Sends it until an answer comes that isn't "later". */
    private Optional<Answer> insist(Request request) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<URI> base = service.get();
            if (base.isPresent()) {
                Optional<Answer> answer = client.send(base.get(), request).filter(given -> given.status() != 503);
                if (answer.isPresent()) {
                    return answer;
                }
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        }
        throw new IllegalStateException("no answer to " + request.method() + " " + request.target());
    }

    static Map<String, Object> attributes(Truth truth, String image) {
        return Map.of(
                "title", truth.kind().toString(), "image", image, "command", truth.command(), "stopGracePeriod", "20s");
    }

    static Request creation(UUID task, Optional<String> key, Map<String, Object> attributes) {
        Map<String, Object> data = Map.of("id", task.toString(), "attributes", attributes);
        return new Request("POST", "/tasks", Optional.of(task), key, json(Map.of("data", data)));
    }

    /** It has no image. */
    static Request refusedCreation(UUID task) {
        return creation(task, Optional.empty(), Map.of("title", "No image", "command", "true"));
    }

    /** Of a task. */
    static Request request(String method, UUID task, String end) {
        return new Request(method, "/tasks/" + task + end, Optional.of(task), Optional.empty(), "");
    }

    private static String json(Map<String, Object> document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
