package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.run.Situation.NodeState;
import io.gantry.task.Command;
import io.gantry.task.TaskId;
import io.gantry.task.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Owner OWNER = new Owner("alpha", UUID.randomUUID());

    @Test
    void of_a_queued_run_tells_its_place_and_what_it_waits_for() {
        assertThat(queued(1, situation(2, alive()))).isEqualTo("It is next in line; all 2 slots are taken.");
        assertThat(queued(3, situation(2, alive())))
                .isEqualTo("It is number 3 in line, with 2 ahead of it; all 2 slots are taken.");
        assertThat(queued(1, situation(1, alive())))
                .isEqualTo("It is next in line; a slot is free, and is given away in a moment.");
    }

    @Test
    void of_a_queued_run_tells_that_no_engine_can_be_reached_and_since_when() {
        assertThat(queued(1, situation(0, withoutEngine())))
                .isEqualTo("It is next in line; the container engine of node alpha can't be reached since"
                        + " 2026-01-01T12:00:00Z (no such socket).");
    }

    @Test
    void of_a_queued_run_tells_how_long_it_waits_at_most() {
        Run run = run(new TaskSpec.Builder("busybox", new Command.Shell("work"))
                .queueTimeout(Optional.of(Duration.ofMinutes(5)))
                .build());

        assertThat(Explanation.of(run, Optional.of(1L), Optional.empty(), situation(2, alive())))
                .isEqualTo(
                        "It is next in line; all 2 slots are taken, and it waits until 2026-01-01T12:05:00Z at most.");
    }

    @Test
    void of_a_running_run_tells_its_stage() {
        Run claimed = run(TaskSpec.of("busybox", new Command.Shell("work"))).on(new RunEvent.Claimed(OWNER, NOON));
        Run starting = claimed.on(new RunEvent.CreationIntended("engine", "sha256:0"))
                .on(new RunEvent.StartIntended("0123456789ab", NOON));
        Run started = starting.on(new RunEvent.Started(NOON));

        assertThat(running(claimed)).isEqualTo("Its container is being made of docker.io/library/busybox:latest.");
        assertThat(running(starting)).isEqualTo("Its container is being started.");
        assertThat(running(started))
                .isEqualTo(
                        "Its container has been running since 2026-01-01T12:00:00Z, until 2026-01-01T13:00:00Z at most"
                                + " (timeout 1h).");
        assertThat(running(started.on(new RunEvent.StopRequested(NOON, "127.0.0.1"))))
                .endsWith("; its end was asked for at 2026-01-01T12:00:00Z.");
    }

    @Test
    void of_a_run_whose_image_is_being_pulled_tells_how_far_that_is() {
        Run claimed = run(TaskSpec.of("busybox", new Command.Shell("work"))).on(new RunEvent.Claimed(OWNER, NOON));
        ImagePull pull = new ImagePull(NOON, Optional.empty(), 5, 2, 12 << 20, 40 << 20);

        assertThat(Explanation.of(claimed, Optional.empty(), Optional.of(pull), situation(1, alive())))
                .isEqualTo(
                        "Its image docker.io/library/busybox:latest is being pulled: 2 of 5 layers are done, 12 of 40 MiB"
                                + " are there.");
    }

    @Test
    void of_a_running_run_tells_when_its_node_or_engine_is_away() {
        Run claimed = run(TaskSpec.of("busybox", new Command.Shell("work"))).on(new RunEvent.Claimed(OWNER, NOON));

        assertThat(Explanation.of(claimed, Optional.empty(), Optional.empty(), situation(1, withoutEngine())))
                .isEqualTo("It can't be seen how it goes on: the container engine of node alpha can't be reached since"
                        + " 2026-01-01T12:00:00Z (no such socket).");
        assertThat(Explanation.of(claimed, Optional.empty(), Optional.empty(), situation(1, silent())))
                .isEqualTo(
                        "Its node alpha has not been heard of since 2026-01-01T12:00:00Z, and another that reaches its"
                                + " container engine takes it over.");
        assertThat(Explanation.of(
                        claimed.on(new RunEvent.Released()), Optional.empty(), Optional.empty(), situation(1, alive())))
                .isEqualTo("Its node alpha has let go of it, and it goes on as soon as a node takes it over.");
    }

    @Test
    void of_a_run_that_is_over_tells_what_decided_it() {
        assertThat(Explanation.of(SomeRun.in(RunStatus.SUCCEEDED))).isEqualTo("The command returned 0.");
        assertThat(Explanation.of(SomeRun.in(RunStatus.FAILED))).isEqualTo("The command returned 3.");
        Run cancelled = SomeRun.queued()
                .on(new RunEvent.StopRequested(NOON, "127.0.0.1"))
                .on(new RunEvent.Withdrawn(NOON));
        assertThat(Explanation.of(cancelled))
                .isEqualTo("Its end was asked for by 127.0.0.1 at 2026-01-01T12:00:00Z, before anything of it ran.");
    }

    private static String queued(long place, Situation situation) {
        return Explanation.of(
                run(TaskSpec.of("busybox", new Command.Shell("work"))),
                Optional.of(place),
                Optional.empty(),
                situation);
    }

    private static String running(Run run) {
        return Explanation.of(run, Optional.empty(), Optional.empty(), situation(1, alive()));
    }

    private static Run run(TaskSpec spec) {
        return Run.queued(RunId.random(), TaskId.random(), spec, new Run.Enqueued(1, NOON, RunTrigger.CREATE, 1));
    }

    private static Situation situation(int running, NodeState node) {
        return new Situation(2, running, List.of(node));
    }

    private static NodeState alive() {
        return new NodeState("alpha", OWNER.incarnation(), true, NOON, Optional.empty(), Optional.empty());
    }

    private static NodeState silent() {
        return new NodeState("alpha", OWNER.incarnation(), false, NOON, Optional.empty(), Optional.empty());
    }

    private static NodeState withoutEngine() {
        return new NodeState(
                "alpha", OWNER.incarnation(), true, NOON, Optional.of("no such socket."), Optional.of(NOON));
    }
}
