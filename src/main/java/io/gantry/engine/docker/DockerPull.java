package io.gantry.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.ImageFacts;
import io.gantry.engine.ImageReference;
import io.gantry.engine.Pull;
import io.gantry.engine.PullProgress;
import io.gantry.engine.PullResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pull that a thread of its own follows. The engine tells most failures in the middle of an answer that began well, so
 * every line of it is looked at, and in the end the image itself.
 */
final class DockerPull implements Pull {

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ImageReference image;
    private final Function<String, Response> open;
    private final Function<ImageReference, Optional<ImageFacts>> find;
    private final Limits limits;
    private final long begunAt = System.nanoTime();
    private final CompletableFuture<PullResult> end = new CompletableFuture<>();
    private final Thread thread;
    private Future<?> looks = CompletableFuture.completedFuture(null);
    private volatile long progressAt = begunAt;
    private volatile PullProgress progress = PullProgress.NONE;

    /** How long a pull may take as a whole, and how long without any progress. */
    record Limits(Duration whole, Duration stall) {}

    /**
     * @param open sends the pull, given its path, and returns the answer once it begins
     * @param find looks for the image that was pulled
     */
    DockerPull(
            ImageReference image,
            Function<String, Response> open,
            Function<ImageReference, Optional<ImageFacts>> find,
            Limits limits) {
        this.image = image;
        this.open = open;
        this.find = find;
        this.limits = limits;
        this.thread = new Thread(this::run, "engine-pull-" + image.path());
        thread.setDaemon(true);
    }

    DockerPull start(Deadlines deadlines) {
        looks = deadlines.every(LOOK_INTERVAL, this::look);
        thread.start();
        return this;
    }

    private void run() {
        try {
            end.complete(pull());
        } catch (RuntimeException e) {
            end.completeExceptionally(Failures.translate(e));
        } finally {
            looks.cancel(false);
        }
    }

    private PullResult pull() {
        Optional<String> fault;
        try (Response response = open.apply(path())) {
            fault = follow(response);
        } catch (EngineRefused e) {
            fault = Optional.ofNullable(e.getMessage());
        } catch (EngineUnavailable e) {
            fault = faultOf(e);
        }
        return fault.map(message -> PullVerdict.of(message, image))
                .orElseGet(() -> find.apply(image)
                        .<PullResult>map(PullResult.Pulled::new)
                        .orElseGet(() -> new PullResult.PullFailed("the engine pulled it and then didn't have it")));
    }

    /** An engine in trouble that did answer: the trouble is between it and the registry. */
    private static Optional<String> faultOf(EngineUnavailable failure) {
        if (failure.getCause() instanceof DockerException answer && Failures.isOfEngine(answer)) {
            return Optional.of(Failures.message(answer));
        }
        throw failure;
    }

    /** Reads the answer to its end and returns the error that it tells of. */
    private Optional<String> follow(Response response) {
        Optional<String> fault = Optional.empty();
        PullLayers layers = new PullLayers();
        try (MappingIterator<JsonNode> lines = JSON.readerFor(JsonNode.class).readValues(response.getBody())) {
            while (lines.hasNextValue()) {
                JsonNode line = lines.nextValue();
                progressAt = System.nanoTime();
                layers.take(line);
                progress = layers.progress();
                fault = fault.or(() -> error(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fault;
    }

    private static Optional<String> error(JsonNode line) {
        return Optional.of(line.path("errorDetail")
                        .path("message")
                        .asText(line.path("error").asText("")))
                .filter(message -> !message.isEmpty());
    }

    /** A digest says more than a tag; the engine takes one of them. */
    private String path() {
        String version = image.digest().or(image::tag).orElseThrow();
        return "/images/create?fromImage=" + URLEncoder.encode(image.repository(), StandardCharsets.UTF_8) + "&tag="
                + URLEncoder.encode(version, StandardCharsets.UTF_8);
    }

    private void look() {
        long now = System.nanoTime();
        if (now - begunAt > limits.whole().toNanos()) {
            giveUp(new PullResult.PullFailed("not done within " + limits.whole().toSeconds() + " s"));
        } else if (now - progressAt > limits.stall().toNanos()) {
            giveUp(new PullResult.PullFailed("no progress for " + limits.stall().toSeconds() + " s"));
        }
    }

    private void giveUp(@Nullable PullResult result) {
        if (result == null) {
            end.cancel(false);
        } else {
            end.complete(result);
        }
        thread.interrupt();
    }

    @Override
    public Optional<PullResult> await(Duration atMost) {
        try {
            return end.isCancelled() ? Optional.empty() : Optional.of(end.get(atMost.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException | CancellationException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new EngineUnavailable("the pull broke", e);
        }
    }

    @Override
    public PullProgress progress() {
        return progress;
    }

    @Override
    public void close() {
        if (!end.isDone()) {
            giveUp(null);
        }
    }
}
