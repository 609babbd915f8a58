package io.gantry.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * What the service said.
 *
 * @param headers by lower-case names
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
public record Answer(int status, Map<String, List<String>> headers, byte[] body) {

    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        try {
            return new JsonMapper().readTree(body);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text(), e);
        }
    }

    /** The primary data: a resource or a list of them. */
    public JsonNode data() {
        return json().path("data");
    }

    /** The id of the one resource. */
    public String id() {
        return data().path("id").asText();
    }

    /** An attribute of the one resource; nested ones with dots: {@code lastRun.exitCode}. */
    public JsonNode attribute(String name) {
        return data().path("attributes").at(pointer(name));
    }

    /** The ids of a list, in its order. */
    public List<String> ids() {
        return each(resource -> resource.path("id"));
    }

    /** The same attribute of each resource of a list, as text. */
    public List<String> attributes(String name) {
        return each(resource -> resource.path("attributes").at(pointer(name)));
    }

    /** A top-level link; empty where it is null. */
    /** The ids that the resources' relationships of this name lead to, in their order. */
    public List<String> relatedIds(String relationship) {
        List<String> related = new ArrayList<>();
        data().forEach(resource -> related.add(
                resource.at("/relationships/" + relationship + "/data/id").asText()));
        return related;
    }

    public Optional<String> link(String name) {
        return Optional.ofNullable(json().path("links").path(name).textValue());
    }

    private List<String> each(Function<JsonNode, JsonNode> part) {
        return StreamSupport.stream(data().spliterator(), false)
                .map(resource -> part.apply(resource).asText())
                .toList();
    }

    private static String pointer(String name) {
        return "/" + name.replace('.', '/');
    }

    @Override
    public String toString() {
        return status + " " + text();
    }
}
