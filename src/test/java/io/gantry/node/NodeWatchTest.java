package io.gantry.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.node.NodeStore.NodeRow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NodeWatchTest {

    private final NodeWatch watch = new NodeWatch(Duration.ofSeconds(5));
    private final UUID other = UUID.randomUUID();

    @Test
    void a_node_that_beats_is_not_silent_however_long_it_is_watched() {
        for (int second = 0; second < 60; second++) {
            see(second, second);
        }
        assertThat(watch.isSilent(other)).isFalse();
    }

    @Test
    void a_node_whose_counter_stands_still_for_the_span_is_silent() {
        see(7, 0);
        see(7, 4);
        assertThat(watch.isSilent(other)).isFalse();
        see(7, 5);
        assertThat(watch.isSilent(other)).isTrue();
    }

    @Test
    void a_node_that_was_silent_and_beats_again_is_not_silent() {
        see(7, 0);
        see(7, 6);
        see(8, 7);
        assertThat(watch.isSilent(other)).isFalse();
    }

    @Test
    void while_the_observer_is_blind_nothing_is_proved() {
        see(7, 0);
        watch.blind(seconds(20));
        see(7, 21);
        assertThat(watch.isSilent(other)).isFalse();
        see(7, 25);
        assertThat(watch.isSilent(other)).isTrue();
    }

    @Test
    void an_observer_that_was_paused_itself_judges_by_what_it_saw_not_by_the_clock() {
        see(7, 0);
        see(8, 3600);
        assertThat(watch.isSilent(other)).isFalse();
    }

    @Test
    void nothing_is_said_of_a_life_that_was_never_seen() {
        assertThat(watch.isSilent(other)).isFalse();
    }

    private void see(long heartbeat, int second) {
        watch.observe(List.of(new NodeRow("other", other, heartbeat)), seconds(second));
    }

    private static long seconds(int n) {
        return Duration.ofSeconds(n).toNanos();
    }
}
