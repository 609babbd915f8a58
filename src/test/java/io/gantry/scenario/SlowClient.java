package io.gantry.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A client that takes its time, over one plain connection. */
final class SlowClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    /** Connects; little of what it doesn't read is held on its side. */
    static SlowClient at(URI service) throws IOException {
        SlowClient client = new SlowClient();
        client.socket.setReceiveBufferSize(16 * 1024);
        client.socket.setSoTimeout(PATIENCE_MILLIS);
        client.socket.setTcpNoDelay(true);
        client.socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
        return client;
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Begins to send one byte after the other, the last one again and again, until the connection is gone. */
    void trickle(String text, Duration pause) {
        CompletableFuture<Void> unused = trickleUntilGone(text, pause);
    }

    /** The same, to be waited for. */
    CompletableFuture<Void> trickleUntilGone(String text, Duration pause) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        byte[] bytes = text.getBytes(ISO_8859_1);
        int[] sent = {0};
        ScheduledFuture<?> unused = timer.scheduleAtFixedRate(
                () -> {
                    try {
                        socket.getOutputStream().write(bytes[Math.min(sent[0]++, bytes.length - 1)]);
                    } catch (IOException e) {
                        gone.complete(null);
                    }
                },
                0,
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
        return gone;
    }

    /** Reads so many bytes at such intervals, to the end. Returns how many there were. */
    long readSlowly(int bytes, Duration pause) {
        CompletableFuture<Long> end = new CompletableFuture<>();
        long[] read = {0};
        ScheduledFuture<?> unused = timer.scheduleAtFixedRate(
                () -> {
                    try {
                        byte[] some = socket.getInputStream().readNBytes(bytes);
                        read[0] += some.length;
                        if (some.length < bytes) {
                            end.complete(read[0]);
                        }
                    } catch (IOException e) {
                        end.completeExceptionally(e);
                    }
                },
                0,
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
        return end.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
    }

    /** All that comes until the other side closes or resets the connection. */
    String readToTheEnd() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketException e) {
            // What was sent to a closed connection is answered with a reset.
        }
        return all.toString(ISO_8859_1);
    }

    /** The head of one answer. */
    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("it ended with " + head);
            }
            head.append((char) b);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        socket.close();
    }
}
