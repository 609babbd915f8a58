package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.engine.FakeContainer;
import io.gantry.engine.FakeEngine;
import io.gantry.engine.FakeEngine.Call;
import io.gantry.run.Failure;
import io.gantry.run.FailureCode;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What became of a run is what the engine knows of its container's end, and who brought it about. */
class AutopsyIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    final ExecutionFixture gantry = new ExecutionFixture(db);

    private FakeEngine engine() {
        return gantry.engine();
    }

    @BeforeEach
    void containers_keep_running() {
        engine().containersKeepRunning();
    }

    private Run endsBy(Consumer<FakeContainer> cause) {
        gantry.isAccepted();
        Life life = gantry.aLife();
        Run run = life.claims();
        life.carries(run);
        cause.accept(gantry.awaitStart(run));
        return gantry.awaitEnd(run);
    }

    private static Optional<FailureCode> codeOf(Run run) {
        return run.failure().map(Failure::code);
    }

    @Test
    void an_exit_code_is_the_commands_own() {
        Run run = endsBy(container -> container.exits(3));

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(codeOf(run)).contains(FailureCode.EXIT_CODE);
        assertThat(run.exitCode()).contains(3);
        assertThat(run.startedAt().orElseThrow()).isBefore(run.finishedAt().orElseThrow());
    }

    @Test
    void a_command_of_its_own_may_return_127() {
        Run run = endsBy(container -> container.writes("trying\n").exits(127));

        assertThat(codeOf(run)).contains(FailureCode.EXIT_CODE);
    }

    @Test
    void a_127_whose_log_is_out_of_reach_is_an_exit_code() {
        engine().refuseNext(Call.FIND_EXEC_FAULT);

        assertThat(codeOf(endsBy(container -> container.exits(127)))).contains(FailureCode.EXIT_CODE);
    }

    @Test
    void a_kill_at_the_memory_limit_is_out_of_memory() {
        Run run = endsBy(FakeContainer::runsOutOfMemory);

        assertThat(codeOf(run)).contains(FailureCode.OUT_OF_MEMORY);
        assertThat(run.exitCode()).contains(137);
        assertThat(run.oomKilled()).isTrue();
    }

    @Test
    void a_child_that_was_killed_for_memory_is_no_failure() {
        Run run = endsBy(container -> container.losesAChildToMemory().exits(0));

        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.oomKilled()).isTrue();
    }

    @Test
    void a_kill_by_somebody_else_makes_it_lost() {
        Run run = endsBy(container -> engine().signal(container.id(), "KILL"));

        assertThat(codeOf(run)).contains(FailureCode.CONTAINER_LOST);
        assertThat(run.exitCode()).contains(137);
        assertThat(run.failure().orElseThrow().detail()).contains("SIGKILL");
    }

    @Test
    void a_restart_of_the_engine_makes_it_lost_whatever_the_code() {
        Run run = endsBy(container -> {
            container.writes("working\n");
            engine().restart();
        });

        assertThat(codeOf(run)).contains(FailureCode.CONTAINER_LOST);
        assertThat(gantry.logOf(run)).isEqualTo("working\n");
    }
}
