package io.gantry.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.gantry.engine.OutputFeed;
import io.gantry.engine.OutputSink;
import io.gantry.engine.OutputStreamName;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream of output that a thread of its own reads from the engine. */
final class DockerFeed implements OutputFeed {

    private static final Logger LOG = LoggerFactory.getLogger(DockerFeed.class);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(1);

    private final Response response;
    private final OutputSink sink;
    private final String name;
    private final CompletableFuture<State> end = new CompletableFuture<>();
    /** Held while the sink is called, so that a close can wait for the call under way. */
    private final ReentrantLock delivery = new ReentrantLock();

    private volatile boolean closed;

    private DockerFeed(Response response, OutputSink sink, String name) {
        this.response = response;
        this.sink = sink;
        this.name = name;
    }

    static DockerFeed start(Response response, OutputSink sink, String name) {
        DockerFeed feed = new DockerFeed(response, sink, name);
        Thread reader = new Thread(feed::read, name);
        reader.setDaemon(true);
        reader.start();
        return feed;
    }

    private void read() {
        State state = State.BROKEN;
        try (response) {
            new FrameReader(response.getBody()).readAll(this::deliver);
            state = State.ENDED;
        } catch (IOException e) {
            LOG.debug("{} broke", name, e);
        } catch (RuntimeException e) {
            LOG.warn("{} broke", name, e);
        } finally {
            end.complete(closed ? State.BROKEN : state);
        }
    }

    private void deliver(OutputStreamName stream, byte[] bytes, int offset, int length) {
        delivery.lock();
        try {
            if (!closed) {
                sink.output(stream, bytes, offset, length);
            }
        } finally {
            delivery.unlock();
        }
    }

    @Override
    public State await(Duration atMost) {
        try {
            return end.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return State.FLOWING;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return end.getNow(State.FLOWING);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a feed's end is never a failure", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        response.close();
        try {
            if (delivery.tryLock(PATIENCE_AT_CLOSE.toNanos(), TimeUnit.NANOSECONDS)) {
                delivery.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
