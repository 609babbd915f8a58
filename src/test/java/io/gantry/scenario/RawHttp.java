package io.gantry.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gantry.contract.Exchange;
import io.gantry.contract.Exchange.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Sends bytes that no HTTP client would send, and reads what comes back. */
public final class RawHttp {

    private static final int PATIENCE_MILLIS = 60_000;

    private final URI base;
    private final Consumer<Exchange> contract;

    RawHttp(URI base, Consumer<Exchange> contract) {
        this.base = base;
        this.contract = contract;
    }

    /** Sends the lines of a request's head; {@code Connection: close} is added. What comes back must be in the contract. */
    public Answer send(String... head) {
        return send(String.join("\r\n", head) + "\r\nConnection: close\r\n\r\n");
    }

    private Answer send(String request) {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            Answer answer = parse(readAll(socket));
            contract.accept(exchange(request, answer));
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A service that refuses a request may reset the connection behind its answer. */
    private static byte[] readAll(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                all.write(buffer, 0, n);
            }
        } catch (SocketException e) {
            if (all.size() == 0) {
                throw e;
            }
        }
        return all.toByteArray();
    }

    private static Answer parse(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no HTTP answer: " + text);
        }
        List<String> lines = List.of(text.substring(0, end).split("\r\n", -1));
        Map<String, List<String>> headers = new TreeMap<>();
        lines.stream()
                .skip(1)
                .map(line -> line.split(":", 2))
                .forEach(
                        header -> headers.computeIfAbsent(header[0].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                                .add(header[1].strip()));
        byte[] body = text.substring(end + 4).getBytes(ISO_8859_1);
        int status = Integer.parseInt(lines.get(0).split(" ", 3)[1]);
        boolean chunked = headers.getOrDefault("transfer-encoding", List.of()).contains("chunked");
        return new Answer(status, headers, chunked ? joined(body) : body);
    }

    private static byte[] joined(byte[] chunks) {
        String rest = new String(chunks, ISO_8859_1);
        StringBuilder body = new StringBuilder();
        while (!rest.isEmpty()) {
            int line = rest.indexOf("\r\n");
            int length = Integer.parseInt(rest.substring(0, line), 16);
            body.append(rest, line + 2, line + 2 + length);
            rest = length == 0 ? "" : rest.substring(line + 4 + length);
        }
        return body.toString().getBytes(ISO_8859_1);
    }

    /** What is no URL belongs to no operation; the errors of an unknown path hold for it. */
    private static Exchange exchange(String request, Answer answer) {
        String[] line = request.split("\r\n", 2)[0].split(" ", -1);
        URI target = Optional.of(line)
                .filter(words -> words.length == 3 && words[1].matches("[A-Za-z0-9/?=&._-]+"))
                .map(words -> URI.create(words[1]))
                .orElse(URI.create("/unknown"));
        return new Exchange(
                line[0],
                target,
                Content.NONE,
                answer.status(),
                answer.headers(),
                Content.of(answer.header("Content-Type"), answer.body()));
    }
}
