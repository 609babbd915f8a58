package io.gantry.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.engine.ImageReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run uses, as the client sent it and valid, with what the operator's policy adds: stored with the task, and copied
 * into each run, so that a later change of the task doesn't change the past. Its JSON form is what the database keeps; a
 * member may be added, none renamed.
 *
 * @param image as sent
 * @param entrypoint absent keeps the image's, an empty list clears it
 * @param labels of the container, beside the service's own
 * @param stopGracePeriod between SIGTERM and SIGKILL
 * @param timeout how long a run may take from its container's start on
 * @param queueTimeout how long a run may wait in the queue; absent is for ever
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TaskSpec(
        String image,
        Command command,
        Optional<List<String>> entrypoint,
        Optional<String> workingDirectory,
        Optional<String> user,
        Map<String, String> environment,
        Map<String, String> labels,
        Duration stopGracePeriod,
        Duration timeout,
        Optional<Duration> queueTimeout,
        Retries retries,
        Resources resources,
        Confinement confinement,
        PullPolicy pullPolicy) {

    /** Specs that were stored before there was one of the later members have the usual one. */
    public TaskSpec(
            @JsonProperty("image") String image,
            @JsonProperty("command") Command command,
            @JsonProperty("entrypoint") Optional<List<String>> entrypoint,
            @JsonProperty("workingDirectory") Optional<String> workingDirectory,
            @JsonProperty("user") Optional<String> user,
            @JsonProperty("environment") Map<String, String> environment,
            @JsonProperty("labels") @Nullable Map<String, String> labels,
            @JsonProperty("stopGracePeriod") Duration stopGracePeriod,
            @JsonProperty("timeout") @Nullable Duration timeout,
            @JsonProperty("queueTimeout") Optional<Duration> queueTimeout,
            @JsonProperty("retries") @Nullable Retries retries,
            @JsonProperty("resources") @Nullable Resources resources,
            @JsonProperty("confinement") @Nullable Confinement confinement,
            @JsonProperty("pullPolicy") @Nullable PullPolicy pullPolicy) {
        TaskPolicy standard = TaskPolicy.STANDARD;
        this.image = image;
        this.command = command;
        this.entrypoint = entrypoint;
        this.workingDirectory = workingDirectory;
        this.user = user;
        this.environment = Map.copyOf(environment);
        this.labels = labels == null ? Map.of() : Map.copyOf(labels);
        this.stopGracePeriod = stopGracePeriod;
        this.timeout = timeout == null ? standard.times().usual() : timeout;
        this.queueTimeout = queueTimeout;
        this.retries = retries == null ? standard.retries().usually() : retries;
        this.resources = resources == null ? standard.resources().usual() : resources;
        this.confinement = confinement == null ? standard.confinement().usually() : confinement;
        this.pullPolicy = pullPolicy == null ? PullPolicy.MISSING : pullPolicy;
    }

    /** A spec with nothing but the two required members. */
    public static TaskSpec of(String image, Command command) {
        return new Builder(image, command).build();
    }

    /** The same, within what the operator allows now. */
    public TaskSpec within(TaskPolicy policy) {
        Confinement allowed = policy.confinement().within(confinement);
        return toBuilder()
                .user(user.filter(allowed::allowsUser))
                .stopGracePeriod(policy.times().graceWithin(stopGracePeriod))
                .timeout(policy.times().within(timeout))
                .queueTimeout(policy.times().waitWithin(queueTimeout))
                .retries(policy.retries().within(retries))
                .resources(resources.within(policy.resources().most()))
                .confinement(allowed)
                .build();
    }

    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The full reference that the image's short name stands for. */
    public String normalisedImage() {
        return new ImageReference(image).normalised();
    }

    /** Puts a spec together; what isn't said is as where nothing is configured. */
    public static final class Builder {

        private final String image;
        private final Command command;
        private Optional<List<String>> entrypoint = Optional.empty();
        private Optional<String> workingDirectory = Optional.empty();
        private Optional<String> user = Optional.empty();
        private Map<String, String> environment = Map.of();
        private Map<String, String> labels = Map.of();
        private Duration stopGracePeriod = TaskPolicy.STANDARD.times().usualGrace();
        private Duration timeout = TaskPolicy.STANDARD.times().usual();
        private Optional<Duration> queueTimeout = Optional.empty();
        private Retries retries = TaskPolicy.STANDARD.retries().usually();
        private Resources resources = TaskPolicy.STANDARD.resources().usual();
        private Confinement confinement = TaskPolicy.STANDARD.confinement().usually();
        private PullPolicy pullPolicy = PullPolicy.MISSING;

        public Builder(String image, Command command) {
            this.image = image;
            this.command = command;
        }

        private Builder(TaskSpec spec) {
            this(spec.image, spec.command);
            this.entrypoint = spec.entrypoint;
            this.workingDirectory = spec.workingDirectory;
            this.user = spec.user;
            this.environment = spec.environment;
            this.labels = spec.labels;
            this.stopGracePeriod = spec.stopGracePeriod;
            this.timeout = spec.timeout;
            this.queueTimeout = spec.queueTimeout;
            this.retries = spec.retries;
            this.resources = spec.resources;
            this.confinement = spec.confinement;
            this.pullPolicy = spec.pullPolicy;
        }

        public Builder entrypoint(Optional<List<String>> value) {
            entrypoint = value;
            return this;
        }

        public Builder workingDirectory(Optional<String> value) {
            workingDirectory = value;
            return this;
        }

        public Builder user(Optional<String> value) {
            user = value;
            return this;
        }

        public Builder environment(Map<String, String> value) {
            environment = value;
            return this;
        }

        public Builder labels(Map<String, String> value) {
            labels = value;
            return this;
        }

        public Builder stopGracePeriod(Duration value) {
            stopGracePeriod = value;
            return this;
        }

        public Builder timeout(Duration value) {
            timeout = value;
            return this;
        }

        public Builder queueTimeout(Optional<Duration> value) {
            queueTimeout = value;
            return this;
        }

        public Builder retries(Retries value) {
            retries = value;
            return this;
        }

        public Builder resources(Resources value) {
            resources = value;
            return this;
        }

        public Builder confinement(Confinement value) {
            confinement = value;
            return this;
        }

        public Builder pullPolicy(PullPolicy value) {
            pullPolicy = value;
            return this;
        }

        public TaskSpec build() {
            return new TaskSpec(
                    image,
                    command,
                    entrypoint,
                    workingDirectory,
                    user,
                    environment,
                    labels,
                    stopGracePeriod,
                    timeout,
                    queueTimeout,
                    retries,
                    resources,
                    confinement,
                    pullPolicy);
        }
    }
}
