package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.gantry.engine.CreateResult;
import io.gantry.engine.FakeContainer;
import io.gantry.engine.FakeEngine;
import io.gantry.engine.FakeEngine.Call;
import io.gantry.run.RunId;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left behind is removed, and nothing else. */
class CleanerTest {

    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Supplier<Set<RunId>> NONE_IS_LIVE = Set::of;

    private final FakeEngine engine = new FakeEngine().containersKeepRunning();
    private final Cleaner cleaner = new Cleaner(engine, "ours", GRACE, new RecordedNews());
    private final long begin = System.nanoTime();

    @AfterEach
    void stop() {
        cleaner.stop();
    }

    private FakeContainer aContainerOf(String installation, RunId run) {
        CreateResult created = engine.create(io.gantry.engine.ContainerPlans.shell("work")
                .label(ContainerPlans.INSTALLATION, installation)
                .label(ContainerPlans.RUN, run.toString())
                .plan());
        FakeContainer container = engine.containers().get(engine.containers().size() - 1);
        assertThat(created).isEqualTo(new CreateResult.Created(container.id()));
        engine.start(container.id());
        return container;
    }

    private void sweep(Supplier<Set<RunId>> live, Duration after) {
        cleaner.sweep(live, begin + after.toNanos());
    }

    @Test
    void a_container_without_a_live_run_is_removed_after_a_while() {
        aContainerOf("ours", RunId.random());

        sweep(NONE_IS_LIVE, Duration.ZERO);
        sweep(NONE_IS_LIVE, GRACE.minusSeconds(1));
        assertThat(engine.containers()).hasSize(1);

        sweep(NONE_IS_LIVE, GRACE.plusSeconds(5));
        assertThat(engine.containers()).isEmpty();
    }

    @Test
    void a_container_of_a_live_run_stays() {
        RunId run = RunId.random();
        aContainerOf("ours", run);

        sweep(() -> Set.of(run), Duration.ZERO);
        sweep(() -> Set.of(run), GRACE.multipliedBy(2));

        assertThat(engine.containers()).hasSize(1);
    }

    @Test
    void a_run_that_is_live_again_in_between_begins_anew() {
        RunId run = RunId.random();
        aContainerOf("ours", run);

        sweep(NONE_IS_LIVE, Duration.ZERO);
        sweep(() -> Set.of(run), GRACE);
        sweep(NONE_IS_LIVE, GRACE.plusSeconds(10));

        assertThat(engine.containers()).hasSize(1);
    }

    @Test
    void what_belongs_to_others_is_never_touched() {
        aContainerOf("theirs", RunId.random());
        engine.create(io.gantry.engine.ContainerPlans.shell("no label").plan());

        sweep(NONE_IS_LIVE, Duration.ZERO);
        sweep(NONE_IS_LIVE, GRACE.multipliedBy(2));

        assertThat(engine.containers()).hasSize(2);
    }

    @Test
    void the_live_runs_are_read_after_the_containers_so_that_a_new_one_is_among_them() {
        RunId run = RunId.random();
        engine.beforeNext(Call.LIST, () -> aContainerOf("ours", run));

        sweep(
                () -> {
                    assertThat(engine.containers()).hasSize(1);
                    return Set.of(run);
                },
                Duration.ZERO);
        sweep(() -> Set.of(run), GRACE);

        assertThat(engine.containers()).hasSize(1);
    }

    @Test
    void a_removal_that_failed_is_made_good() {
        aContainerOf("ours", RunId.random());
        engine.failNext(Call.REMOVE);

        sweep(NONE_IS_LIVE, Duration.ZERO);
        sweep(NONE_IS_LIVE, GRACE);
        assertThat(engine.containers()).hasSize(1);

        sweep(NONE_IS_LIVE, GRACE.plusSeconds(10));
        assertThat(engine.containers()).isEmpty();
    }

    @Test
    void a_removal_is_made_in_the_background() {
        FakeContainer container = aContainerOf("ours", RunId.random());

        cleaner.removeSoon(container.id());

        Awaitility.await().until(() -> engine.containers().isEmpty());
    }

    @Test
    void a_removal_asked_for_after_the_stop_is_left_to_the_next_life() {
        FakeContainer container = aContainerOf("ours", RunId.random());
        cleaner.stop();

        assertThatCode(() -> cleaner.removeSoon(container.id())).doesNotThrowAnyException();
        assertThat(engine.containers()).hasSize(1);
    }
}
