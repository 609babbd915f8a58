package io.gantry.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskSpecJsonTest {

    private final TaskSpecJson json = new TaskSpecJson();

    @Test
    void reads_what_it_wrote() {
        TaskSpec spec = new TaskSpec.Builder("busybox", new Command.Exec(List.of("ls")))
                .entrypoint(Optional.of(List.of()))
                .user(Optional.of("1000"))
                .environment(Map.of("A", "b"))
                .labels(Map.of("team", "x"))
                .queueTimeout(Optional.of(Duration.ofMinutes(5)))
                .retries(new Retries(3, Duration.ofSeconds(2), List.of("timeout")))
                .resources(ResourceLimits.STANDARD.most())
                .confinement(new Confinement(Sandbox.STRICT, "none", Optional.of("runsc")))
                .pullPolicy(PullPolicy.ALWAYS)
                .build();

        assertThat(json.read(json.write(spec))).isEqualTo(spec);
    }

    @Test
    void gives_a_spec_of_before_there_were_limits_the_standard_ones() {
        String old = """
                {"image": "busybox", "command": "echo hello", "environment": {"A": "b"}, "stopGracePeriod": "PT10S"}""";

        assertThat(json.read(old))
                .isEqualTo(new TaskSpec.Builder("busybox", new Command.Shell("echo hello"))
                        .environment(Map.of("A", "b"))
                        .build());
    }

    @Test
    void does_not_quote_what_it_cannot_read() {
        String future = """
                {"image": "busybox", "command": "echo hello", "environment": {"A": "secret"}, "pullPolicy": "weekly"}""";

        assertThatThrownBy(() -> json.read(future))
                .satisfies(failure -> assertThat(stackTrace(failure))
                        .contains("can't be read")
                        .doesNotContain("secret"));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
