package io.gantry.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request, piece by piece: {@code request("GET", "/tasks").header("Accept", "text/html")}. */
public final class ClientRequest {

    static final String JSON_API = "application/vnd.api+json";

    private final String method;
    private final String target;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body = new byte[0];

    private ClientRequest(String method, String target) {
        this.method = method;
        this.target = target;
    }

    /** A request for a path with its query, or for an absolute URL. */
    public static ClientRequest request(String method, String target) {
        return new ClientRequest(method, target);
    }

    public ClientRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** A body of JSON:API. */
    public ClientRequest body(JsonNode json) {
        return body(JSON_API, json.toString());
    }

    public ClientRequest body(String contentType, String text) {
        header("Content-Type", contentType);
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A body without a {@code Content-Type}, unless one is set. */
    public ClientRequest body(byte[] bytes) {
        body = bytes.clone();
        return this;
    }

    String method() {
        return method;
    }

    String target() {
        return target;
    }

    Map<String, String> headers() {
        return headers;
    }

    Optional<String> contentType() {
        return Optional.ofNullable(headers.get("Content-Type"));
    }

    byte[] body() {
        return body;
    }
}
