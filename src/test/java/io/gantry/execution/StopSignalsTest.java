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

    @Test
    void after_a_term_that_came_before_only_the_rest_of_the_grace_period_is_left() {
        signals.termCame(Duration.ofSeconds(8), at(100));
        assertThat(signals.due(at(101))).isEmpty();
        assertThat(signals.due(at(102))).contains("KILL");
        assertThat(signals.due(at(103))).isEmpty();
    }

    @Test
    void a_term_that_may_have_got_lost_is_sent_again_and_puts_nothing_off() {
        signals.termWentOut(Duration.ofSeconds(8), at(100));
        assertThat(signals.due(at(100))).contains("TERM");
        assertThat(signals.due(at(101))).isEmpty();
        assertThat(signals.due(at(102))).contains("KILL");
    }

    @Test
    void a_grace_period_that_is_long_over_is_not_begun_anew() {
        signals.termWentOut(Duration.ofHours(1), at(100));
        assertThat(signals.due(at(100))).contains("TERM");
        assertThat(signals.due(at(100))).contains("KILL");
    }

    private static long at(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
