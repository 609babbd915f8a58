package io.gantry.engine.docker;

import io.dropwizard.util.Duration;
import java.time.InstantSource;

/** The Docker engine of the machine that runs the tests. */
public final class TestDocker {

    private TestDocker() {}

    public static DockerEngine engine() {
        return DockerEngine.at(configuration(), (call, took, answer) -> {}, InstantSource.system());
    }

    static DockerConfiguration configuration() {
        return new DockerConfiguration(
                "", Duration.seconds(10), Duration.seconds(60), Duration.minutes(1), Duration.seconds(20));
    }
}
