package io.gantry.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BellTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Bell bell = new Bell();

    @Test
    void whoever_waits_is_woken_by_a_ring() {
        long seen = bell.count();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> bell.awaitNext(seen, LONG.multipliedBy(10)));

        bell.ring();

        assertThat(waiting).succeedsWithin(LONG);
    }

    @Test
    void a_ring_since_the_last_look_is_not_missed() {
        long seen = bell.count();
        bell.ring();

        assertTimeoutPreemptively(LONG, () -> bell.awaitNext(seen, LONG.multipliedBy(10)));
    }

    @Test
    void waiting_ends_when_the_time_is_up() {
        assertTimeoutPreemptively(LONG, () -> bell.awaitNext(bell.count(), Duration.ofMillis(10)));
        assertThat(bell.isStopping()).isFalse();
    }

    @Test
    void a_stop_ends_all_waiting_for_good() {
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> bell.awaitNext(bell.count(), LONG.multipliedBy(10)));

        bell.stop();

        assertThat(waiting).succeedsWithin(LONG);
        assertThat(bell.isStopping()).isTrue();
        assertTimeoutPreemptively(LONG, () -> bell.awaitNext(bell.count(), LONG.multipliedBy(10)));
    }
}
