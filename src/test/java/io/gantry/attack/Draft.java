package io.gantry.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request that is being spoilt, piece by piece. */
final class Draft {

    private static final int CHUNK = 1_000;

    private final List<String> headers = new ArrayList<>();
    private final List<String> query = new ArrayList<>();
    private String method;
    private String path;
    private byte[] body = new byte[0];

    Draft(String method, String path) {
        this.method = method;
        this.path = path;
    }

    String method() {
        return method;
    }

    void method(String other) {
        method = other;
    }

    String path() {
        return path;
    }

    void path(String other) {
        path = other;
    }

    void parameter(String encoded) {
        query.add(encoded);
    }

    void body(byte[] bytes) {
        body = bytes.clone();
    }

    void add(String line) {
        headers.add(line);
    }

    /** In place of those of the same name. */
    void put(String line) {
        String name = line.substring(0, line.indexOf(':') + 1).toLowerCase(Locale.ROOT);
        headers.removeIf(other -> other.toLowerCase(Locale.ROOT).startsWith(name));
        headers.add(line);
    }

    /** With a frame that says truly where the body ends. */
    BadRequest finish(String kind, Frame frame) {
        List<String> lines = new ArrayList<>(headers);
        String target = query.isEmpty() ? path : path + "?" + String.join("&", query);
        if (frame == Frame.CHUNKED) {
            lines.add("Transfer-Encoding: chunked");
            return new BadRequest(kind, method, target, lines, chunks());
        }
        if (body.length > 0 || method.equals("POST") || method.equals("PATCH")) {
            lines.add("Content-Length: " + body.length);
        }
        return new BadRequest(kind, method, target, lines, body);
    }

    /** How it is said where a body ends. */
    enum Frame {
        LENGTH,
        CHUNKED
    }

    private byte[] chunks() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int start = 0; start < body.length; start += CHUNK) {
            int size = Math.min(CHUNK, body.length - start);
            all.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(ISO_8859_1));
            all.write(body, start, size);
            all.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
        all.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
        return all.toByteArray();
    }
}
