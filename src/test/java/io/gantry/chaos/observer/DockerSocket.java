package io.gantry.chaos.observer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** The engine's own HTTP interface, with nothing in between: one connection a request, HTTP 1.0, so that answers just end. */
public final class DockerSocket {

    private static final JsonMapper JSON = new JsonMapper();

    private final UnixDomainSocketAddress address;

    public DockerSocket(Path socket) {
        this.address = UnixDomainSocketAddress.of(socket);
    }

    /** An answer that goes on until it is closed, a line at a time. */
    public BufferedReader open(String target) throws IOException {
        return answer("GET", target, "");
    }

    public JsonNode get(String target) throws IOException {
        return call("GET", target, "");
    }

    /** The answer's body; missing if there was none. Fails on any answer but a success. */
    public JsonNode call(String method, String target, String body) throws IOException {
        try (BufferedReader answer = answer(method, target, body)) {
            return JSON.readTree(answer);
        }
    }

    /** For a query. */
    public static String encoded(String json) {
        return URLEncoder.encode(json, UTF_8);
    }

    private BufferedReader answer(String method, String target, String body) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(address);
            channel.write(UTF_8.encode(
                    "%s %s HTTP/1.0\r\nHost: docker\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(method, target, body.getBytes(UTF_8).length, body)));
            BufferedReader answer = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8));
            String status = String.valueOf(answer.readLine());
            while (!"".equals(answer.readLine())) {
                // a header
            }
            if (!status.contains(" 2")) {
                throw new IOException(method + " " + target + ": " + status + " " + answer.readLine());
            }
            return answer;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
