package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopSignalsTest {

    private final StopSignals signals = new StopSignals(Duration.ofSeconds(10));

    @Test
    void term_comes_at_once_and_only_once() {
        assertThat(signals.due(at(0))).contains("TERM");
        assertThat(signals.due(at(1))).isEmpty();
        assertThat(signals.due(at(9))).isEmpty();
    }

    @Test
    void kill_comes_after_the_grace_period_and_again_later() {
        signals.due(at(0));
        assertThat(signals.due(at(10))).contains("KILL");
        assertThat(signals.due(at(11))).isEmpty();
        assertThat(signals.due(at(20))).contains("KILL");
    }

    @Test
    void without_a_grace_period_kill_follows_term_at_once() {
        StopSignals impatient = new StopSignals(Duration.ZERO);
        assertThat(impatient.due(at(0))).contains("TERM");
        assertThat(impatient.due(at(0))).contains("KILL");
    }

    private static long at(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
