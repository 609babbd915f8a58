package io.gantry.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the attributes of a request into a draft, or tells everything that is wrong with them at once. */
final class TaskRules {

    static final int LONGEST_TITLE = 255;
    static final int LONGEST_DESCRIPTION = 10_000;

    static final Set<String> READ_ONLY = Set.of("status", "createdAt", "updatedAt", "lastRun");
    private static final Set<String> WRITABLE = Set.of(
            "title",
            "description",
            "image",
            "command",
            "entrypoint",
            "workingDirectory",
            "user",
            "environment",
            "stopGracePeriod");

    private TaskRules() {}

    /** What a client says of a new task. */
    static TaskDraft create(JsonNode attributes) {
        return read(attributes, Optional.empty(), Map.of());
    }

    /**
     * The task's draft with the client's changes.
     *
     * @param readOnly what the read-only attributes are now: repeating it is no mistake
     */
    static TaskDraft change(TaskDraft before, JsonNode attributes, Map<String, JsonNode> readOnly) {
        return read(attributes, Optional.of(before), readOnly);
    }

    private static TaskDraft read(JsonNode attributes, Optional<TaskDraft> before, Map<String, JsonNode> readOnly) {
        AttributeReader reader = new AttributeReader(attributes);
        checkNames(reader, attributes, readOnly);
        Optional<TaskSpec> spec = before.map(TaskDraft::spec);
        Optional<String> title =
                reader.required("title", before.map(TaskDraft::title), v -> Texts.text(v, LONGEST_TITLE));
        Optional<String> description = reader.optional(
                "description", before.flatMap(TaskDraft::description), v -> Texts.textUpTo(v, LONGEST_DESCRIPTION));
        Optional<String> image = reader.required("image", spec.map(TaskSpec::image), SpecRules::image);
        Optional<Command> command = reader.required("command", spec.map(TaskSpec::command), SpecRules::command);
        Optional<List<String>> entrypoint =
                reader.optional("entrypoint", spec.flatMap(TaskSpec::entrypoint), SpecRules::arguments);
        checkTogether(reader, command, entrypoint);
        Optional<String> directory = reader.optional(
                "workingDirectory", spec.flatMap(TaskSpec::workingDirectory), SpecRules::workingDirectory);
        Optional<String> user = reader.optional("user", spec.flatMap(TaskSpec::user), SpecRules::user);
        Optional<Map<String, String>> environment =
                reader.optional("environment", spec.map(TaskSpec::environment), SpecRules::environment);
        Optional<Duration> grace =
                reader.optional("stopGracePeriod", spec.map(TaskSpec::stopGracePeriod), SpecRules::stopGracePeriod);
        reader.check();
        return new TaskDraft(
                title.orElseThrow(),
                description,
                new TaskSpec(
                        image.orElseThrow(),
                        command.orElseThrow(),
                        entrypoint,
                        directory,
                        user,
                        environment.orElse(Map.of()),
                        grace.orElse(TaskSpec.DEFAULT_STOP_GRACE_PERIOD)));
    }

    private static void checkNames(AttributeReader reader, JsonNode attributes, Map<String, JsonNode> readOnly) {
        for (String name : reader.names()) {
            if (READ_ONLY.contains(name)) {
                if (!attributes.get(name).equals(readOnly.get(name))) {
                    reader.broken(name, "is read-only; leave it out, or send it back unchanged");
                }
            } else if (!WRITABLE.contains(name)) {
                reader.broken(name, "isn't an attribute of tasks");
            }
        }
    }

    private static void checkTogether(
            AttributeReader reader, Optional<Command> command, Optional<List<String>> entrypoint) {
        if (entrypoint.isPresent() && command.isPresent() && command.get() instanceof Command.Shell) {
            reader.broken(
                    reader.names("entrypoint") ? "entrypoint" : "command",
                    "can't go together: a command that is a string replaces the entrypoint; make it an array");
        }
    }
}
