package io.gantry.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.jsonapi.AttributeReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Turns the writable attributes of a request into a draft, or notes what is wrong with them. */
final class TaskRules {

    static final int LONGEST_TITLE = 255;
    static final int LONGEST_DESCRIPTION = 10_000;

    private final AttributeReader in;
    private final TimeLimits limits;
    private final Optional<TaskDraft> before;
    private final Optional<TaskSpec> specBefore;

    private TaskRules(AttributeReader in, TimeLimits limits, Optional<TaskDraft> before) {
        this.in = in;
        this.limits = limits;
        this.before = before;
        this.specBefore = before.map(TaskDraft::spec);
    }

    /** What a client says of a new task. Raises everything that is wrong with the request's attributes. */
    static TaskDraft create(AttributeReader in, TimeLimits limits) {
        return new TaskRules(in, limits, Optional.empty()).read();
    }

    /** The draft with a client's changes: what isn't named stays, null clears. Raises what is wrong with them. */
    static TaskDraft change(TaskDraft before, AttributeReader in, TimeLimits limits) {
        return new TaskRules(in, limits, Optional.of(before)).read();
    }

    private TaskDraft read() {
        Optional<String> title =
                required("title", before.map(TaskDraft::title), AttributeReader.text(1, LONGEST_TITLE));
        Optional<String> description = optional(
                "description", before.flatMap(TaskDraft::description), AttributeReader.text(0, LONGEST_DESCRIPTION));
        Optional<String> image = required("image", specBefore.map(TaskSpec::image), SpecRules::image);
        Optional<Command> command = required("command", specBefore.map(TaskSpec::command), SpecRules::command);
        Optional<List<String>> entrypoint =
                optional("entrypoint", specBefore.flatMap(TaskSpec::entrypoint), SpecRules::arguments);
        checkTogether(command, entrypoint);
        Optional<String> directory = optional(
                "workingDirectory", specBefore.flatMap(TaskSpec::workingDirectory), SpecRules::workingDirectory);
        Optional<String> user = optional("user", specBefore.flatMap(TaskSpec::user), SpecRules::user);
        Optional<Map<String, String>> environment =
                optional("environment", specBefore.map(TaskSpec::environment), SpecRules::environment);
        Optional<Duration> grace =
                optional("stopGracePeriod", specBefore.map(TaskSpec::stopGracePeriod), SpecRules::stopGracePeriod);
        Optional<Duration> timeout = optional(
                "timeout", specBefore.map(TaskSpec::timeout), value -> SpecRules.timeout(value, limits.longest()));
        in.finish();
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
                        grace.orElse(TaskSpec.DEFAULT_STOP_GRACE_PERIOD),
                        timeout.orElse(limits.usual())));
    }

    private <T> Optional<T> required(String name, Optional<T> unlessNamed, Function<JsonNode, T> rule) {
        return unlessNamed.isPresent() && !in.has(name) ? unlessNamed : in.require(name, rule);
    }

    private <T> Optional<T> optional(String name, Optional<T> unlessNamed, Function<JsonNode, T> rule) {
        return in.has(name) ? in.find(name, rule) : unlessNamed;
    }

    private void checkTogether(Optional<Command> command, Optional<List<String>> entrypoint) {
        if (entrypoint.isPresent() && command.isPresent() && command.get() instanceof Command.Shell) {
            in.reject(
                    in.has("entrypoint") ? "entrypoint" : "command",
                    "A command that is a string replaces the entrypoint; with an entrypoint it must be an array.");
        }
    }
}
