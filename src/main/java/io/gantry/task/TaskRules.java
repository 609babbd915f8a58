package io.gantry.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.jsonapi.AttributeReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Turns the writable attributes of a request into a draft, or notes what is wrong with them. */
final class TaskRules {

    static final int LONGEST_TITLE = 255;
    static final int LONGEST_DESCRIPTION = 10_000;

    private final AttributeReader in;
    private final TaskPolicy policy;
    private final Optional<TaskDraft> before;
    private final Optional<TaskSpec> specBefore;

    private TaskRules(AttributeReader in, TaskPolicy policy, Optional<TaskDraft> before) {
        this.in = in;
        this.policy = policy;
        this.before = before;
        this.specBefore = before.map(TaskDraft::spec);
    }

    /** What a client says of a new task. Raises everything that is wrong with the request's attributes. */
    static TaskDraft create(AttributeReader in, TaskPolicy policy) {
        return new TaskRules(in, policy, Optional.empty()).read();
    }

    /** The draft with a client's changes: what isn't named stays, null clears. Raises what is wrong with them. */
    static TaskDraft change(TaskDraft before, AttributeReader in, TaskPolicy policy) {
        return new TaskRules(in, policy, Optional.of(before)).read();
    }

    private TaskDraft read() {
        Optional<String> title =
                required("title", before.map(TaskDraft::title), AttributeReader.text(1, LONGEST_TITLE));
        Optional<String> description = optional(
                "description", before.flatMap(TaskDraft::description), AttributeReader.text(0, LONGEST_DESCRIPTION));
        Optional<String> image =
                required("image", specBefore.map(TaskSpec::image), value -> SpecRules.image(value, policy.images()));
        Optional<Command> command = required("command", specBefore.map(TaskSpec::command), SpecRules::command);
        UnaryOperator<TaskSpec.Builder> rest = optionalAttributes(command);
        in.finish();
        TaskSpec.Builder spec = new TaskSpec.Builder(image.orElseThrow(), command.orElseThrow());
        return new TaskDraft(title.orElseThrow(), description, rest.apply(spec).build());
    }

    private UnaryOperator<TaskSpec.Builder> optionalAttributes(Optional<Command> command) {
        Optional<List<String>> entrypoint =
                optional("entrypoint", specBefore.flatMap(TaskSpec::entrypoint), SpecRules::arguments);
        checkTogether(command, entrypoint);
        Optional<String> directory = optional(
                "workingDirectory", specBefore.flatMap(TaskSpec::workingDirectory), SpecRules::workingDirectory);
        Optional<String> user = optional("user", specBefore.flatMap(TaskSpec::user), SpecRules::user);
        Optional<Map<String, String>> environment =
                optional("environment", specBefore.map(TaskSpec::environment), SpecRules::environment);
        Optional<Map<String, String>> labels = optional("labels", specBefore.map(TaskSpec::labels), SpecRules::labels);
        TimeLimits times = policy.times();
        Optional<Duration> grace = optional(
                "stopGracePeriod",
                specBefore.map(TaskSpec::stopGracePeriod),
                value -> SpecRules.stopGracePeriod(value, times.longestGrace()));
        Optional<Duration> timeout = optional(
                "timeout", specBefore.map(TaskSpec::timeout), value -> SpecRules.timeout(value, times.longest()));
        Optional<Duration> queueTimeout = optional(
                "queueTimeout",
                specBefore.flatMap(TaskSpec::queueTimeout),
                value -> SpecRules.queueTimeout(value, times.longestWait()));
        Optional<Retries> retries = optionalObject(
                "retries",
                specBefore.map(TaskSpec::retries),
                members -> ObjectRules.retries(members, policy.retries()));
        Optional<Resources> resources = optionalObject(
                "resources",
                specBefore.map(TaskSpec::resources),
                members -> ObjectRules.resources(members, policy.resources()));
        Optional<PullPolicy> pullPolicy =
                optional("pullPolicy", specBefore.map(TaskSpec::pullPolicy), SpecRules::pullPolicy);
        Confinement confinement = confinement(user);
        return spec -> spec.entrypoint(entrypoint)
                .workingDirectory(directory)
                .user(user)
                .environment(environment.orElse(Map.of()))
                .labels(labels.orElse(Map.of()))
                .stopGracePeriod(grace.orElse(times.usualGrace()))
                .timeout(timeout.orElse(times.usual()))
                .queueTimeout(queueTimeout.or(times::usualWait).or(times::longestWait))
                .retries(retries.orElseGet(policy.retries()::usually))
                .resources(resources.orElse(policy.resources().usual()))
                .confinement(confinement)
                .pullPolicy(pullPolicy.orElse(PullPolicy.MISSING));
    }

    private Confinement confinement(Optional<String> user) {
        ConfinementPolicy allowed = policy.confinement();
        Optional<Confinement> was = specBefore.map(TaskSpec::confinement);
        Sandbox sandbox = optional(
                        "sandbox", was.map(Confinement::sandbox), value -> SpecRules.sandbox(value, allowed.least()))
                .orElse(allowed.usual());
        Optional<String> network =
                optional("network", was.map(Confinement::network), value -> SpecRules.oneOf(value, allowed.networks()));
        Optional<String> runtime = optional(
                "runtime", was.flatMap(Confinement::runtime), value -> SpecRules.oneOf(value, allowed.runtimes()));
        if (sandbox == Sandbox.STRICT) {
            checkStrict(user, network);
        }
        return new Confinement(sandbox, network.orElse(allowed.networkFor(sandbox)), runtime.or(allowed::runtime));
    }

    private void checkStrict(Optional<String> user, Optional<String> network) {
        user.filter(name -> !SpecRules.isNobodySpecial(name))
                .ifPresent(name -> in.reject(
                        in.has("user") ? "user" : "sandbox",
                        "With the sandbox strict the user must be a number other than 0, or two: 1000, 1000:1000."));
        network.filter(name -> !name.equals(ConfinementPolicy.NONE))
                .ifPresent(name -> in.reject(
                        in.has("network") ? "network" : "sandbox",
                        "With the sandbox strict there is no network: it must be none."));
    }

    private <T> Optional<T> optionalObject(String name, Optional<T> unlessNamed, Function<AttributeReader, T> reading) {
        return in.has(name) ? in.findObject(name, reading) : unlessNamed;
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
