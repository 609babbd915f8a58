package io.gantry.engine.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request to the engine, and the connection on which its answer is awaited. */
final class Exchange implements AutoCloseable {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final SocketChannel client;
    private final Path engineSocket;
    private Optional<SocketChannel> engine = Optional.empty();
    private String head = "";
    private byte[] body = {};
    private final AtomicLong written = new AtomicLong();

    Exchange(SocketChannel client, Path engineSocket) {
        this.client = client;
        this.engineSocket = engineSocket;
    }

    /** Gives it as {@code GET /path?query}. */
    String readRequest() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
        while (endOfHead(bytes) < 0 || bytes.size() < endOfHead(bytes) + bodyLength(bytes)) {
            if (client.read(buffer.clear()) < 0) {
                throw new IOException("no whole request came");
            }
            bytes.write(buffer.array(), 0, buffer.position());
        }
        int end = endOfHead(bytes);
        byte[] all = bytes.toByteArray();
        head = new String(all, 0, end, StandardCharsets.ISO_8859_1);
        body = Arrays.copyOfRange(all, end, all.length);
        String[] words = head.split(" ", 3);
        return words[0] + " " + words[1];
    }

    private static int endOfHead(ByteArrayOutputStream bytes) {
        int at = bytes.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        return at < 0 ? -1 : at + END_OF_HEAD.length;
    }

    private static int bodyLength(ByteArrayOutputStream bytes) {
        Matcher length =
                Pattern.compile("(?i)\r\ncontent-length: *(\\d+)").matcher(bytes.toString(StandardCharsets.ISO_8859_1));
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    /** Lets the engine answer; the connection to it ends with that answer. */
    private SocketChannel askEngine() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        engine = Optional.of(channel);
        channel.connect(UnixDomainSocketAddress.of(engineSocket));
        String oneShot =
                head.replaceAll("(?i)\r\nconnection:[^\r]*", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
        write(channel, oneShot.getBytes(StandardCharsets.ISO_8859_1));
        write(channel, body);
        return channel;
    }

    /** The engine's whole answer, as it came. */
    byte[] engineAnswer() throws IOException {
        SocketChannel from = askEngine();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        while (from.read(buffer.clear()) >= 0) {
            answer.write(buffer.array(), 0, buffer.position());
        }
        return answer.toByteArray();
    }

    /** The engine's answer goes on to the client as it comes, and at most so many bytes of its body. */
    void pass(long mostOfBody) throws IOException {
        SocketChannel from = askEngine();
        long most = Long.MAX_VALUE;
        ByteArrayOutputStream beginning = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        while (written.get() < most && from.read(buffer.clear()) >= 0) {
            if (most == Long.MAX_VALUE && mostOfBody < Long.MAX_VALUE) {
                beginning.write(buffer.array(), 0, buffer.position());
                most = endOfHead(beginning) < 0 ? most : endOfHead(beginning) + mostOfBody;
            }
            write(Arrays.copyOf(buffer.array(), (int) Math.min(buffer.position(), most - written.get())));
        }
    }

    void write(byte[] bytes) throws IOException {
        write(client, bytes);
        written.addAndGet(bytes.length);
    }

    void write(String latin) throws IOException {
        write(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void write(SocketChannel to, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            to.write(left);
        }
    }

    /** How many bytes of an answer the client has taken. */
    long written() {
        return written.get();
    }

    /** Returns when the client has hung up. */
    void awaitHangUp() {
        try {
            ByteBuffer nothing = ByteBuffer.allocate(16);
            while (client.read(nothing.clear()) >= 0) {
                // a client says nothing more
            }
        } catch (IOException e) {
            // as good as a hang-up
        }
    }

    /** Ends the answer, whatever is missing of it. */
    void hangUp() {
        try {
            endAnswer();
        } catch (IOException e) {
            // the client was quicker
        }
    }

    /** Ends the answer; the connection is over when the client has let go of it too. */
    void endAnswer() throws IOException {
        client.shutdownOutput();
    }

    @Override
    public void close() {
        try (client) {
            if (engine.isPresent()) {
                engine.get().close();
            }
        } catch (IOException e) {
            // it is over in any case
        }
    }
}
