package io.gantry.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Bytes that no HTTP client sends. Each is one request at most, so that more than one answer means that the service and
 * whoever stands before it see different ones.
 *
 * @param text a byte is a character
 */
record RawCase(String text) {

    private static final String END = "\r\n\r\n";
    private static final String HOST = "\r\nHost: 127.0.0.1";
    private static final String HIDDEN = "GET /openapi.yaml HTTP/1.1\r\nHost: 127.0.0.1" + END;
    private static final String BODY = "{\"data\":{}}";

    private static final List<String> LINES = List.of(
            "",
            " ",
            "GET",
            "GET ",
            "GET /tasks",
            "GET /tasks ",
            "GET  /tasks HTTP/1.1",
            "GET /tasks  HTTP/1.1",
            "GET /tasks HTTP/1.1 ",
            " GET /tasks HTTP/1.1",
            "GET\t/tasks\tHTTP/1.1",
            "GET /tasks HTTP/1.1 x",
            "GET /tasks HTTP",
            "GET /tasks HTTP/",
            "GET /tasks HTTP/1",
            "GET /tasks HTTP/1.",
            "GET /tasks HTTP/0.9",
            "GET /tasks HTTP/1.0",
            "GET /tasks HTTP/1.2",
            "GET /tasks HTTP/2.0",
            "GET /tasks HTTP/3.0",
            "GET /tasks HTTP/11",
            "GET /tasks HTTP/1.1.1",
            "GET /tasks HTTP/-1.1",
            "GET /tasks http/1.1",
            "GET /tasks HTTPS/1.1",
            "GET /tasks FTP/1.1",
            "GET /tasks HTTP/9999999999.1",
            "GET /tasks HTTP/1.1\u0000",
            "GET /tas\u0000ks HTTP/1.1",
            "GET /tasks\u0001 HTTP/1.1",
            "GET /tasks\u007f HTTP/1.1",
            "GET /\u00ff\u00fe HTTP/1.1",
            "GET /a b HTTP/1.1",
            "GET tasks HTTP/1.1",
            "GET ?a HTTP/1.1",
            "GET # HTTP/1.1",
            "GET /tasks#fragment HTTP/1.1",
            "GET * HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "CONNECT 127.0.0.1:1 HTTP/1.1",
            "CONNECT /tasks HTTP/1.1",
            "TRACE / HTTP/1.1",
            "TRACK / HTTP/1.1",
            "PRI * HTTP/2.0",
            "GET http:// HTTP/1.1",
            "GET http:///tasks HTTP/1.1",
            "GET http://evil.example/tasks HTTP/1.1",
            "GET https://127.0.0.1/tasks HTTP/1.1",
            "GET http://a@127.0.0.1/tasks HTTP/1.1",
            "GET http://127.0.0.1:99999/tasks HTTP/1.1",
            "GET http://[::1/tasks HTTP/1.1",
            "GET file:///etc/passwd HTTP/1.1",
            "GET gopher://127.0.0.1/ HTTP/1.1",
            "GET //127.0.0.1/tasks HTTP/1.1",
            "GET //evil.example/%2e%2e HTTP/1.1",
            "GET /../tasks HTTP/1.1",
            "GET /%2e%2e/tasks HTTP/1.1",
            "GET /tasks%2f HTTP/1.1",
            "GET /tasks%00 HTTP/1.1",
            "GET /tasks% HTTP/1.1",
            "GET /tasks%0 HTTP/1.1",
            "GET /tasks%zz HTTP/1.1",
            "GET /tasks/..;/tokens HTTP/1.1",
            "GET /..;/tasks HTTP/1.1",
            "GET /tasks\\..\\tokens HTTP/1.1",
            "GET /%c0%ae%c0%ae/tasks HTTP/1.1",
            "GET /tasks?%00 HTTP/1.1",
            "GET /tasks?\u0000 HTTP/1.1",
            "GET /tasks?? HTTP/1.1",
            "GET /tasks?page[size]=1 HTTP/1.1",
            "GET /" + "x".repeat(8_200) + " HTTP/1.1",
            "GET /" + "x".repeat(70_000) + " HTTP/1.1",
            "GET /tasks?" + "x".repeat(9_000) + " HTTP/1.1",
            "G".repeat(9_000) + " / HTTP/1.1",
            "G\u00cbT /tasks HTTP/1.1",
            "GET\u0000 /tasks HTTP/1.1",
            "GE\rT /tasks HTTP/1.1",
            "\r\nGET /tasks HTTP/1.1",
            "\r\n\r\n\r\nGET /tasks HTTP/1.1",
            "\nGET /tasks HTTP/1.1",
            "\u0000GET /tasks HTTP/1.1",
            "\u00ef\u00bb\u00bfGET /tasks HTTP/1.1",
            "{\"data\":{}}",
            "<?xml version=\"1.0\"?>",
            "HTTP/1.1 200 OK",
            "200 OK",
            "EHLO example",
            "USER root",
            "SSH-2.0-x",
            "\u0016\u0003\u0001\u0002",
            "\u0000".repeat(100),
            "\u00ff".repeat(100),
            "GET /tasks HTTP/1.1\r\n\r\nGET");

    private static final List<String> HEADERS = List.of(
            "Host: 127.0.0.1",
            "Host: evil.example",
            "host: 127.0.0.1",
            "Host:",
            "Host: ",
            "Host: a\r\nHost: a",
            "Host : 127.0.0.1",
            "X : y",
            " X: y",
            "\tX: y",
            "X",
            ":",
            ": x",
            "X:",
            "X:\u0000",
            "X: \u0000",
            "X: a\u0000b",
            "X: a\rb",
            "X: a\nb",
            "X\u0000: y",
            "X\r: y",
            "X y: z",
            "X\u00e4: y",
            "X: \u007f",
            "X: \u0001\u0002\u0003",
            "X: a\r\n b",
            "X: a\r\n\tb",
            "X: a\r\n \r\n b",
            "X: a\nY: b",
            "X: a\n\nGET",
            "(): x",
            "[x]: y",
            "X\"y\": z",
            "X{}: y",
            "X=: y",
            "X,Y: z",
            "X;Y: z",
            "X@: y",
            "X/Y: z",
            "X\\: y",
            "X: " + "y".repeat(8_200),
            "X: " + "y".repeat(100_000),
            "X".repeat(9_000) + ": y",
            "X: y\r\n".repeat(1_000) + "X: y",
            "Y:\r\n".repeat(3_000) + "Y:",
            "Connection: \u0000",
            "Connection: close, close, x",
            "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13",
            "Upgrade: TLS/1.0",
            "Expect: 100-continue",
            "Expect: 200-ok",
            "Trailer: Host",
            "TE: chunked",
            "Authorization: a\r\nAuthorization: b",
            "Cookie: \u0000",
            "Accept: \u0000",
            "Accept: \r\n a/b",
            "Content-Type: \u0000",
            "X-Request-Id: a\u0000b",
            "X-Request-Id: a\r\n b",
            "Proxy-Connection: keep-alive",
            "Keep-Alive: timeout=99999999999999");

    private static final List<String> FRAMES = List.of(
            "Content-Length: 11",
            "Content-Length: -1",
            "Content-Length: +11",
            "Content-Length: 0x0b",
            "Content-Length: 1e1",
            "Content-Length: 11, 11",
            "Content-Length: 11\r\nContent-Length: 11",
            "Content-Length: 11\r\nContent-Length: 12",
            "Content-Length: 12\r\nContent-Length: 11",
            "Content-Length: 99999999999999999999",
            "Content-Length: 9223372036854775807",
            "Content-Length: 9223372036854775808",
            "Content-Length: ",
            "Content-Length:",
            "Content-Length: x",
            "Content-Length: 11 11",
            "Content-Length: 11;",
            "Content-Length: \"11\"",
            "Content-Length : 11",
            "Content-Length\u0000: 11",
            " Content-Length: 11",
            "Content-Length: 11\u0000",
            "Content_Length: 11",
            "Content-Length: 500",
            "Content-Length: 262145",
            "Content-Length: 1\r\n 1",
            "Content-Length: \u0661\u0661".replace("\u0661", "\u00b9"),
            "Transfer-Encoding: chunked\r\nContent-Length: 11",
            "Content-Length: 11\r\nTransfer-Encoding: chunked",
            "Content-Length: 11\r\nTransfer-Encoding: identity",
            "Content-Length: 11\r\nTransfer-Encoding:",
            "Content-Length: 11\r\nTransfer-Encoding: x",
            "Content-Length: 11\r\nTransfer-Encoding\u0000: chunked",
            "Content-Length: 11\r\nTransfer-Encoding : chunked",
            "Content-Length: 11\r\n Transfer-Encoding: chunked",
            "Content-Length: 11\r\nTransfer_Encoding: chunked",
            "Content-Length: 11\r\nX: y\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: identity, chunked",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
            "Transfer-Encoding: xchunked",
            "Transfer-Encoding: \u000bchunked",
            "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding: CHUNKED",
            "Transfer-Encoding: chunked;x=y",
            "Transfer-Encoding: x",
            "Transfer-Encoding:",
            "Transfer-Encoding: \r\n chunked",
            "Transfer-Encoding:\u00a0chunked");

    private static final List<String> CHUNKS = List.of(
            "b\r\n" + BODY + "\r\n0\r\n\r\n",
            "B\r\n" + BODY + "\r\n0\r\n\r\n",
            "0b\r\n" + BODY + "\r\n0\r\n\r\n",
            "0x0b\r\n" + BODY + "\r\n0\r\n\r\n",
            "b;x=y\r\n" + BODY + "\r\n0\r\n\r\n",
            "b;x=\"\r\n" + BODY + "\r\n0\r\n\r\n",
            "b " + "\r\n" + BODY + "\r\n0\r\n\r\n",
            " b\r\n" + BODY + "\r\n0\r\n\r\n",
            "b\n" + BODY + "\n0\n\n",
            "b\r" + BODY + "\r0\r\r",
            "c\r\n" + BODY + "\r\n0\r\n\r\n",
            "a\r\n" + BODY + "\r\n0\r\n\r\n",
            "-b\r\n" + BODY + "\r\n0\r\n\r\n",
            "+b\r\n" + BODY + "\r\n0\r\n\r\n",
            "ffffffff\r\n" + BODY,
            "7fffffffffffffff\r\n" + BODY,
            "10000000000000000b\r\n" + BODY,
            "g\r\n" + BODY,
            "\r\n" + BODY,
            "\r\n\r\n",
            "0\r\n",
            "0\r\n\r",
            "0\r\nHost: evil\r\n\r\n",
            "0\r\nX: \u0000\r\n\r\n",
            "0\r\nX\r\n\r\n",
            "0\r\n" + "X: y\r\n".repeat(2_000) + "\r\n",
            "b;" + "x".repeat(9_000) + "\r\n" + BODY + "\r\n0\r\n\r\n",
            "b\r\n" + BODY + "XX0\r\n\r\n",
            "b\r\n" + BODY + "\r\n",
            "b\r\n" + BODY,
            "b",
            "\u0000\r\n",
            "1\r\n{\r\n".repeat(50) + "0\r\n\r\n");

    /** All of them, with a token where a request has got so far as to have headers. */
    static List<RawCase> all(String token) {
        String authorization = "\r\nAuthorization: Bearer " + token;
        String post = "POST /tasks HTTP/1.1" + HOST + authorization + "\r\nContent-Type: application/json\r\n";
        List<RawCase> cases = new ArrayList<>();
        LINES.forEach(line -> cases.add(new RawCase(line + HOST + authorization + END)));
        Stream.of("", "GET /tasks HTTP/1.1", "GET /tasks HTTP/1.1\r\n", "GET /tasks HTTP/1.1" + HOST, "\r\n", "G")
                .forEach(start -> cases.add(new RawCase(start)));
        HEADERS.forEach(
                line -> cases.add(new RawCase("GET /tasks HTTP/1.1" + HOST + authorization + "\r\n" + line + END)));
        HEADERS.forEach(line -> cases.add(new RawCase("GET /tasks HTTP/1.1\r\n" + line + authorization + END)));
        FRAMES.forEach(line -> cases.add(new RawCase(post + line + END + BODY)));
        FRAMES.stream()
                .filter(line -> line.contains("Transfer"))
                .forEach(line -> cases.add(new RawCase(post + line + END + "0\r\n\r\n")));
        CHUNKS.forEach(chunks -> cases.add(new RawCase(post + "Transfer-Encoding: chunked" + END + chunks)));
        FRAMES.stream()
                .filter(line -> line.contains("Transfer") && line.contains("Length"))
                .forEach(line -> cases.add(new RawCase(post.replace("application/json", "x/y") + line.replace("11", "6")
                        + END + "0\r\n\r\nX" + HIDDEN)));
        return cases;
    }

    @Override
    public String toString() {
        String shown = text.replaceAll("gantry_[a-z2-7]{10}_[a-z2-7]+", "<token>");
        return shown.length() > 500 ? shown.substring(0, 500) + "..." : shown;
    }

    byte[] bytes() {
        return text.getBytes(ISO_8859_1);
    }

    /** What a frame leaves over is another request, and may have another answer. */
    boolean mayHaveTwoAnswers() {
        return text.contains(HIDDEN)
                || text.contains("\n\nGET")
                || text.contains("\r\n\r\nGET")
                || text.contains("Content_Length");
    }
}
