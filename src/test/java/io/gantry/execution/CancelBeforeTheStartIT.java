package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerName;
import io.gantry.engine.ContainerState;
import io.gantry.engine.docker.DockerEngine;
import io.gantry.engine.docker.TestDocker;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a real engine, as little of a container is left that was only created as {@link StopIT} says. */
class CancelBeforeTheStartIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    final ExecutionFixture gantry = new ExecutionFixture(db);

    private volatile Runnable beforeAttach = () -> {};
    private volatile Optional<ContainerState> seen = Optional.empty();

    @Test
    void a_container_that_was_created_only_is_removed_and_never_started() throws Exception {
        try (DockerEngine docker = TestDocker.engine()) {
            Life life = new Life("node", db.database(), withMoment(docker), ExecutionConfiguration.defaults());
            gantry.isAccepted();
            Run run = life.claims();
            ContainerName name = ContainerPlans.name(run.id());
            beforeAttach = () -> {
                seen = docker.inspect(name);
                life.cancels(run);
            };
            try {
                life.carriesOut(run);
                assertThat(docker.inspect(name)).isEmpty();
            } finally {
                life.ends();
                docker.inspect(name).ifPresent(left -> docker.remove(left.id()));
            }

            assertThat(seen.map(ContainerState::phase)).contains(ContainerState.Phase.CREATED);
            assertThat(life.failures()).isEmpty();
            assertThat(gantry.now(run).status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(gantry.now(run).startedAt()).isEmpty();
            assertThat(gantry.now(run).exitCode()).isEmpty();
        }
    }

    /** The engine, but that something happens before it is asked to attach: a container is created then, and not started. */
    private ContainerEngine withMoment(ContainerEngine engine) {
        return (ContainerEngine) Proxy.newProxyInstance(
                ContainerEngine.class.getClassLoader(),
                new Class<?>[] {ContainerEngine.class},
                (self, method, args) -> {
                    if (method.getName().equals("attach")) {
                        beforeAttach.run();
                    }
                    try {
                        return method.invoke(engine, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
