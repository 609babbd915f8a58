package io.gantry.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck.Result;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueHealthTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @Test
    void a_queue_that_is_looked_after_and_moves_is_healthy() {
        assertThat(check(Optional.empty(), A_SECOND, Duration.ZERO).isHealthy()).isTrue();
    }

    @Test
    void one_whose_next_run_is_taken_within_seconds_is_healthy() {
        assertThat(check(Optional.empty(), A_SECOND, Duration.ofSeconds(10)).isHealthy())
                .isTrue();
    }

    @Test
    void one_that_nobody_takes_from_is_red() {
        Result result = check(Optional.empty(), A_SECOND, Duration.ofSeconds(11));

        assertThat(result.isHealthy()).isFalse();
        assertThat(result.getMessage()).startsWith("A run could have been taken for 11 s, and nobody takes it.");
    }

    @Test
    void one_that_nobody_looks_after_is_red() {
        Result result = check(Optional.empty(), Duration.ofSeconds(31), Duration.ZERO);

        assertThat(result.isHealthy()).isFalse();
        assertThat(result.getMessage()).startsWith("Nobody has looked after the queue for 31 s.");
    }

    @Test
    void one_whose_node_may_not_take_runs_is_red_for_that_reason() {
        Result result = check(Optional.of("Another process has the name."), A_SECOND, Duration.ofSeconds(11));

        assertThat(result.isHealthy()).isFalse();
        assertThat(result.getMessage()).isEqualTo("Another process has the name.");
    }

    private static Result check(Optional<String> node, Duration unattended, Duration stalled) {
        return new QueueHealth(new Signs(node, unattended, stalled)).execute();
    }

    private record Signs(Optional<String> nodeTrouble, Duration unattendedFor, Duration stalledFor)
            implements QueueSigns {}
}
