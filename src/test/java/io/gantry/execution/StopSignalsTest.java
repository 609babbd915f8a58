package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StopSignalsTest {

    private final StopSignals signals = new StopSignals(Duration.ofSeconds(10));

    /** What is due at that second, and gets through. */
    private Optional<String> sent(int second) {
        Optional<String> due = signals.due(at(second));
        due.ifPresent(signal -> signals.sent(signal, at(second)));
        return due;
    }

    /** What is due at that second, and doesn't get through. */
    private Optional<String> lost(int second) {
        Optional<String> due = signals.due(at(second));
        due.ifPresent(signal -> signals.lost(signal, at(second)));
        return due;
    }

    @Test
    void term_comes_at_once_and_only_once() {
        assertThat(sent(0)).contains("TERM");
        assertThat(sent(1)).isEmpty();
        assertThat(sent(9)).isEmpty();
    }

    @Test
    void kill_comes_after_the_grace_period_and_again_later() {
        sent(0);
        assertThat(sent(10)).contains("KILL");
        assertThat(sent(11)).isEmpty();
        assertThat(sent(20)).contains("KILL");
    }

    @Test
    void without_a_grace_period_kill_follows_term_at_once() {
        StopSignals impatient = new StopSignals(Duration.ZERO);
        assertThat(impatient.due(at(0))).contains("TERM");
        impatient.sent("TERM", at(0));
        assertThat(impatient.due(at(0))).contains("KILL");
    }

    @Test
    void after_a_term_that_came_before_only_the_rest_of_the_grace_period_is_left() {
        signals.termCame(Duration.ofSeconds(8), at(100));
        assertThat(sent(101)).isEmpty();
        assertThat(sent(102)).contains("KILL");
        assertThat(sent(103)).isEmpty();
    }

    @Test
    void a_term_that_may_have_got_lost_is_sent_again_and_puts_nothing_off() {
        signals.termWentOut(Duration.ofSeconds(8), at(100));
        assertThat(sent(100)).contains("TERM");
        assertThat(sent(101)).isEmpty();
        assertThat(sent(102)).contains("KILL");
    }

    @Test
    void a_grace_period_that_is_long_over_is_not_begun_anew() {
        signals.termWentOut(Duration.ofHours(1), at(100));
        assertThat(sent(100)).contains("TERM");
        assertThat(sent(100)).contains("KILL");
    }

    @Test
    void a_lost_term_is_repeated_and_the_grace_period_begins_when_one_gets_through() {
        assertThat(lost(0)).contains("TERM");
        assertThat(lost(0)).isEmpty();
        assertThat(lost(1)).contains("TERM");
        assertThat(sent(8)).contains("TERM");
        assertThat(sent(17)).isEmpty();
        assertThat(sent(18)).contains("KILL");
    }

    @Test
    void an_engine_that_is_back_after_the_grace_period_passes_on_term_first() {
        lost(0);
        assertThat(sent(60)).contains("TERM");
        assertThat(sent(69)).isEmpty();
        assertThat(sent(70)).contains("KILL");
    }

    @Test
    void an_engine_that_takes_no_term_is_told_to_kill_nevertheless() {
        lost(0);
        assertThat(lost(10)).contains("TERM");
        assertThat(sent(10)).contains("KILL");
        assertThat(sent(15)).as("TERM is of no more use").isEmpty();
        assertThat(sent(20)).contains("KILL");
    }

    @Test
    void a_kill_counts_from_the_first_one_even_if_it_got_lost() {
        lost(0);
        lost(10);
        assertThat(lost(10)).contains("KILL");
        assertThat(lost(12)).contains("TERM");
        assertThat(signals.sinceKill(at(15))).contains(Duration.ofSeconds(5));
    }

    @Test
    void a_grace_period_that_begins_late_is_no_kill_yet() {
        lost(0);
        lost(10);
        assertThat(lost(10)).contains("KILL");
        assertThat(sent(12)).contains("TERM");
        assertThat(signals.sinceKill(at(15))).isEmpty();
        assertThat(sent(22)).contains("KILL");
    }

    private static long at(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
