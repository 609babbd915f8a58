package io.gantry.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InvariantHealthTest {

    private List<String> broken = List.of();
    private List<String> unseen = List.of();
    private final InvariantHealth health = new InvariantHealth(() -> broken, () -> unseen);

    @Test
    void all_that_holds_is_healthy() {
        assertThat(health.execute().isHealthy()).isTrue();
    }

    @Test
    void what_is_broken_is_told_and_to_be_reported() {
        broken = List.of("slots: No more. Seen: 3.");

        assertThat(health.execute().isHealthy()).isFalse();
        assertThat(health.execute().getMessage())
                .isEqualTo("slots: No more. Seen: 3. Please report it, with the log around its first mention.");
    }

    @Test
    void what_cannot_be_looked_at_is_told() {
        unseen = List.of("logs: the last 3 looks failed: no table");

        assertThat(health.execute().isHealthy()).isFalse();
        assertThat(health.execute().getMessage()).isEqualTo("logs: the last 3 looks failed: no table");
    }
}
