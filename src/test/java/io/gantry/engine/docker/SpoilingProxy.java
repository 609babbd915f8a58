package io.gantry.engine.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before the machine's engine and passes everything on, but for those answers that a test has spoiled. */
public final class SpoilingProxy implements AutoCloseable {

    private static final Path ENGINE = Path.of("/var/run/docker.sock");

    private final Path folder;
    private final ServerSocketChannel socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> served = new CopyOnWriteArrayList<>();
    private final Map<Spoiling, AtomicInteger> spoilings = new ConcurrentHashMap<>();
    private volatile long mostWritten;

    /**
     * Which answers are spoiled, and how.
     *
     * @param moment whether the engine has done what was asked before
     */
    public record Spoiling(EngineCall call, SpoiledAnswer answer, Moment moment) {}

    /** Whether the engine was asked before its answer got spoiled. */
    public enum Moment {
        UNASKED,
        SERVED
    }

    public SpoilingProxy() {
        try {
            folder = Files.createTempDirectory("dockerd");
            socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            socket.bind(UnixDomainSocketAddress.of(folder.resolve("docker.sock")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public String host() {
        return "unix://" + folder.resolve("docker.sock");
    }

    /** Spoils the next answers to such a call. */
    public void spoil(Spoiling what, int times) {
        spoilings.put(what, new AtomicInteger(times));
    }

    /** How many answers are still to be spoiled. */
    public int left() {
        return spoilings.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** All requests that came, as {@code GET /path}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The requests to start that the engine granted. */
    public List<String> startsServed() {
        return List.copyOf(served);
    }

    /** How many connections nobody has closed yet. */
    public int openConnections() {
        return open.size();
    }

    /** The length of the longest spoiled answer that a client has taken. */
    long mostWritten() {
        return mostWritten;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = socket.accept();
                threads.execute(() -> serve(connection));
            }
        } catch (ClosedChannelException e) {
            // closed by the test
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SocketChannel connection) {
        Exchange exchange = new Exchange(connection, ENGINE);
        open.add(exchange);
        String request;
        try {
            request = exchange.readRequest();
        } catch (IOException e) {
            // interrupted before it had asked
            letGo(exchange);
            return;
        }
        try {
            requests.add(request);
            threads.execute(() -> letGo(exchange));
            answer(request, exchange);
            exchange.endAnswer();
        } catch (IOException e) {
            exchange.hangUp();
        }
    }

    /** A connection is over when the client has let go of it. */
    private void letGo(Exchange exchange) {
        exchange.awaitHangUp();
        exchange.close();
        open.remove(exchange);
    }

    private void answer(String request, Exchange exchange) throws IOException {
        Optional<EngineCall> call = EngineCall.of(request);
        Optional<Spoiling> due = spoilings.entrySet().stream()
                .filter(each -> call.equals(Optional.of(each.getKey().call())))
                .filter(each -> each.getValue().getAndUpdate(left -> Math.max(0, left - 1)) > 0)
                .map(Map.Entry::getKey)
                .findFirst();
        if (due.isPresent()) {
            spoil(due.get(), request, exchange);
        } else if (call.equals(Optional.of(EngineCall.START))) {
            exchange.write(serve(request, exchange));
        } else {
            exchange.pass(Long.MAX_VALUE);
        }
    }

    private void spoil(Spoiling spoiling, String request, Exchange exchange) throws IOException {
        if (spoiling.moment() == Moment.SERVED) {
            serve(request, exchange);
        }
        try {
            spoiling.answer().give(exchange);
        } finally {
            mostWritten = Math.max(mostWritten, exchange.written());
        }
    }

    private byte[] serve(String request, Exchange exchange) throws IOException {
        byte[] answer = exchange.engineAnswer();
        if (request.endsWith("/start") && new String(answer, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 204")) {
            served.add(request);
        }
        return answer;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            socket.close();
            open.forEach(Exchange::close);
            Files.deleteIfExists(folder.resolve("docker.sock"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
