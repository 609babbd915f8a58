package io.gantry.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One request as it goes over the wire.
 *
 * @param kind what is bad about it
 * @param headers whole lines; a byte is a character
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record BadRequest(String kind, String method, String target, List<String> headers, byte[] body) {

    /** Without what is between the bytes of a head and of a body. */
    byte[] bytes() {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(ISO_8859_1);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** Its body is what the chunks hold then. */
    boolean isChunked() {
        return header("Transfer-Encoding").isPresent();
    }

    @Override
    public String toString() {
        String text = new String(bytes(), ISO_8859_1).replaceAll("gantry_[a-z2-7]{10}_[a-z2-7]+", "<token>");
        return text.length() > 1_500 ? text.substring(0, 1_500) + "... (" + text.length() + " bytes)" : text;
    }
}
