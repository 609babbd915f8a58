package io.gantry.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** A connection that sends any bytes at all, kept open from one request to the next. For one thread. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final int port;
    private Optional<Socket> open = Optional.empty();
    private InputStream in = new ByteArrayInputStream(new byte[0]);

    Wire(int port) {
        this.port = port;
    }

    /** What came back; a body as it was before it was compressed. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Reply(int status, Map<String, List<String>> headers, byte[] body) {

        Optional<String> header(String name) {
            return headers.getOrDefault(name, List.of()).stream().findFirst();
        }
    }

    /** Sends a request with a sound frame, and reads its answer. */
    Reply send(BadRequest request) throws IOException {
        boolean fresh = open.isEmpty();
        try {
            return attempt(request);
        } catch (EOFException closedMeanwhile) {
            close();
            if (fresh) {
                throw closedMeanwhile;
            }
            return attempt(request);
        }
    }

    private Reply attempt(BadRequest request) throws IOException {
        Socket socket = connected();
        try {
            socket.getOutputStream().write(request.bytes());
            socket.getOutputStream().flush();
        } catch (IOException refusedWhileSending) {
            // The answer may be there all the same.
        }
        Reply reply = read(request.method().equals("HEAD"));
        if (reply.header("connection").map(String::toLowerCase).equals(Optional.of("close"))) {
            close();
        }
        return reply;
    }

    /** Sends bytes that may be anything, says that no more come, and gives all that came back. */
    static byte[] exchange(int port, byte[] bytes) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                socket.getInputStream().transferTo(all);
            } catch (SocketException reset) {
                // A service that refuses what it hasn't read resets the connection behind its answer.
            }
        }
        return all.toByteArray();
    }

    /** The first answer in these bytes; empty if there is none. */
    static Optional<Reply> first(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        Wire replay = new Wire(0);
        replay.in = new ByteArrayInputStream(bytes);
        return Optional.of(replay.read(false));
    }

    private Socket connected() throws IOException {
        if (open.isEmpty()) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            open = Optional.of(socket);
            in = new BufferedInputStream(socket.getInputStream());
        }
        return open.get();
    }

    private Reply read(boolean headOnly) throws IOException {
        String status = line();
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] pair = line.split(":", 2);
            headers.computeIfAbsent(pair[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(pair[1].strip());
        }
        int code = Integer.parseInt(status.split(" ", 3)[1]);
        if (code == 100) {
            return read(headOnly);
        }
        boolean bodiless = headOnly || code == 204 || code == 304;
        byte[] body = bodiless ? new byte[0] : body(headers);
        boolean gzip = headers.getOrDefault("content-encoding", List.of()).contains("gzip") && body.length > 0;
        return new Reply(
                code, headers, gzip ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body);
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        if (headers.containsKey("content-length")) {
            return in.readNBytes(Integer.parseInt(headers.get("content-length").get(0)));
        }
        if (!headers.containsKey("transfer-encoding")) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection was closed");
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        if (open.isPresent()) {
            open.get().close();
            open = Optional.empty();
        }
    }
}
