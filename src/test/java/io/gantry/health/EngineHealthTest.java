package io.gantry.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck.Result;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineHealthTest {

    @Test
    void an_engine_that_answers_is_healthy() {
        assertThat(new EngineHealth(Optional::empty).execute().isHealthy()).isTrue();
    }

    @Test
    void one_that_does_not_is_red_and_the_message_says_why_and_what_to_do() {
        Result result = new EngineHealth(() -> Optional.of("no such socket.")).execute();

        assertThat(result.isHealthy()).isFalse();
        assertThat(result.getMessage())
                .startsWith("The container engine can't be used: no such socket. ")
                .contains("GANTRY_DOCKER_HOST")
                .contains("Runs wait meanwhile");
    }
}
