package io.gantry.engine.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.dropwizard.util.Duration;
import io.gantry.engine.ContainerId;
import java.nio.file.Path;
import java.util.List;

/** The Docker engine of the machine that runs the tests. */
public final class TestDocker {

    private TestDocker() {}

    public static DockerEngine engine() {
        return DockerEngine.at(configuration(), (call, took, answer) -> {});
    }

    /** What Docker itself says of a container, all of it. */
    static InspectContainerResponse inspect(ContainerId container) {
        DockerHost host = new DockerHostSettings(System.getenv(), Path.of(System.getProperty("user.home"))).find("");
        try (DockerConnection connection = new DockerConnection(host, (call, took, answer) -> {})) {
            return connection.ask(
                    "inspect",
                    java.time.Duration.ofSeconds(10),
                    client -> client.inspectContainerCmd(container.value()).exec());
        }
    }

    static DockerConfiguration configuration() {
        return new DockerConfiguration(
                "", Duration.seconds(10), Duration.seconds(60), Duration.minutes(1), Duration.seconds(20), List.of());
    }
}
