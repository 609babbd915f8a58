package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.database.TestDatabase;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerPlan.LogRetention;
import io.gantry.engine.CreateResult;
import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.FakeEngine;
import io.gantry.engine.ImageReference;
import io.gantry.invariant.Rule;
import io.gantry.queue.QueueStore;
import io.gantry.queue.QueuedRuns;
import io.gantry.run.Owner;
import io.gantry.run.Run;
import io.gantry.run.RunStore;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ContainersRuleIT {

    private static final String INSTALLATION = "this-one";

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final QueueStore queue = new QueueStore(db.database(), new RunStore(), 2);
    private final FakeEngine engine = new FakeEngine().containersKeepRunning();
    private final Rule rule = new ContainersRule(engine, INSTALLATION, queue).rule();
    private final Owner node = new Owner("a", UUID.randomUUID());

    @BeforeEach
    void empty() {
        db.empty();
    }

    @Test
    void a_container_for_each_live_run_is_as_it_must_be() {
        start(INSTALLATION, claimed());
        start(INSTALLATION, claimed());

        assertThat(rule.breach().get()).isEmpty();
    }

    @Test
    void a_container_that_runs_though_its_run_does_not() {
        Run waiting = accepted();
        ContainerId container = start(INSTALLATION, waiting);

        assertThat(rule.breach().get())
                .contains("Container " + container + " runs, and its run " + waiting.id() + " doesn't.");
    }

    @Test
    void one_that_has_ended_or_belongs_to_others_breaks_nothing() {
        engine.signal(start(INSTALLATION, accepted()), "KILL");
        start("another", accepted());

        assertThat(rule.breach().get()).isEmpty();
    }

    @Test
    void more_containers_than_slots() {
        QueueStore three = new QueueStore(db.database(), new RunStore(), 3);
        for (int i = 0; i < 3; i++) {
            accepted();
            start(INSTALLATION, three.claimNext(node).orElseThrow());
        }

        assertThat(rule.breach().get()).contains("3 containers run, and 2 may.");
    }

    @Test
    void an_engine_that_is_away_proves_nothing() {
        engine.goDown();

        assertThatThrownBy(() -> rule.breach().get()).isInstanceOf(EngineUnavailable.class);
    }

    private Run accepted() {
        return new QueuedRuns(db.database(), queue).accept();
    }

    private Run claimed() {
        accepted();
        return queue.claimNext(node).orElseThrow();
    }

    private ContainerId start(String installation, Run run) {
        ContainerPlans plans = new ContainerPlans(
                installation, ExecutionConfiguration.defaults().capabilities(), new LogRetention(1 << 20));
        CreateResult created = engine.create(
                plans.of(run, engine.findImage(new ImageReference("busybox")).orElseThrow()));
        ContainerId container = ((CreateResult.Created) created).container();
        engine.start(container);
        return container;
    }
}
