package io.gantry.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task to be created: {@code aTask().named("Say hello").command("echo hello")}. */
public final class TaskBuilder {

    private final Map<String, @Nullable Object> data = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> attributes = new LinkedHashMap<>();

    private TaskBuilder() {
        named("A task").image("busybox").command("true");
    }

    /** A task that succeeds at once, unless told otherwise. */
    public static TaskBuilder aTask() {
        return new TaskBuilder();
    }

    public TaskBuilder named(String title) {
        return with("title", title);
    }

    public TaskBuilder image(String reference) {
        return with("image", reference);
    }

    /** For a shell. */
    public TaskBuilder command(String line) {
        return with("command", line);
    }

    /** The exec form. */
    public TaskBuilder exec(String... arguments) {
        return with("command", List.of(arguments));
    }

    public TaskBuilder stopGracePeriod(String duration) {
        return with("stopGracePeriod", duration);
    }

    /** Any attribute with any value, fit or not. */
    public TaskBuilder with(String attribute, @Nullable Object value) {
        attributes.put(attribute, value);
        return this;
    }

    public TaskBuilder without(String attribute) {
        attributes.remove(attribute);
        return this;
    }

    /** The client's own id. */
    public TaskBuilder id(String id) {
        return member("id", id);
    }

    public TaskBuilder type(String type) {
        return member("type", type);
    }

    /** A member beside the attributes. */
    public TaskBuilder member(String name, @Nullable Object value) {
        data.put(name, value);
        return this;
    }

    /** The document that is sent. */
    public JsonNode toJson() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(data);
        all.put("attributes", attributes);
        return new JsonMapper().valueToTree(Map.of("data", all));
    }
}
