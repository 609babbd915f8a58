package io.gantry.contract;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request and its answer, as they went over the wire.
 *
 * @param headers of the answer, by lower-case names
 */
public record Exchange(
        String method, URI target, Content request, int status, Map<String, List<String>> headers, Content answer) {

    /**
     * A body with its media type.
     *
     * @param mediaType without its parameters, lower case; empty where none was sent
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Content(String mediaType, byte[] bytes) {

        public static final Content NONE = new Content("", new byte[0]);

        /** A body with the {@code Content-Type} header that came with it. */
        public static Content of(Optional<String> contentType, byte[] bytes) {
            return new Content(contentType.map(Content::withoutParameters).orElse(""), bytes);
        }

        boolean isEmpty() {
            return bytes.length == 0;
        }

        private static String withoutParameters(String contentType) {
            return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        }
    }

    /** Comparable to how the contract writes it: without its query. */
    String path() {
        return target.getRawPath();
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    @Override
    public String toString() {
        return method + " " + target + " -> " + status;
    }
}
