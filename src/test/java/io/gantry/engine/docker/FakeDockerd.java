package io.gantry.engine.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Something on a Unix socket that answers each request with whatever bytes a test wants, and then hangs up. */
final class FakeDockerd implements AutoCloseable {

    /** As an answer: none at all, while the connection stays open. */
    static final String SILENCE = "";

    /** At the end of an answer: nothing more comes, but the connection stays open. */
    static final String OPEN = "(and stays open)";

    private final Path folder;
    private final ServerSocketChannel socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Function<String, String> behaviour;

    /** @param behaviour from {@code GET /path} to a raw answer */
    FakeDockerd(Function<String, String> behaviour) {
        this.behaviour = behaviour;
        try {
            folder = Files.createTempDirectory("dockerd");
            socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            socket.bind(UnixDomainSocketAddress.of(folder.resolve("docker.sock")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** One that knows these API versions and answers everything else with 404. */
    static FakeDockerd speaking(String least, String most) {
        return new FakeDockerd(request -> request.equals("GET /version") ? versions(least, most) : notFound());
    }

    static String versions(String least, String most) {
        return json(
                200, "{\"Version\":\"99.0\",\"ApiVersion\":\"%s\",\"MinAPIVersion\":\"%s\"}".formatted(most, least));
    }

    static String notFound() {
        return json(404, "{\"message\":\"No such container: nothing\"}");
    }

    static String json(int status, String body) {
        return "HTTP/1.1 " + status + " Whatever\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    void behaves(Function<String, String> next) {
        behaviour = next;
    }

    String host() {
        return "unix://" + folder.resolve("docker.sock");
    }

    /** All requests so far, as {@code GET /path}. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = socket.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            }
        } catch (ClosedChannelException e) {
            // closed by the test
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SocketChannel connection) {
        try {
            String request = readHead(connection);
            requests.add(request);
            String answer = behaviour.apply(request);
            if (answer.endsWith(OPEN)) {
                connection.write(bytes(answer.substring(0, answer.length() - OPEN.length())));
            } else if (!answer.equals(SILENCE)) {
                connection.write(bytes(answer));
                connection.close();
            }
        } catch (IOException e) {
            // the client hung up first
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String readHead(SocketChannel connection) throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        while (head.indexOf("\r\n\r\n") < 0 && connection.read(buffer) >= 0) {
            head.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
            buffer.clear();
        }
        String[] words = head.toString().split(" ", 3);
        return words[0] + " " + words[1];
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            socket.close();
            for (SocketChannel connection : connections) {
                connection.close();
            }
            Files.deleteIfExists(folder.resolve("docker.sock"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
