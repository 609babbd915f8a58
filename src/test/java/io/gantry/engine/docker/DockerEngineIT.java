package io.gantry.engine.docker;

import io.gantry.engine.ContainerEngine;
import io.gantry.engine.ContainerEngineContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The adapter against the engine of this machine. */
class DockerEngineIT extends ContainerEngineContract {

    private static final DockerEngine ENGINE = TestDocker.engine();

    @BeforeAll
    static void have_an_image() {
        TestImages.busybox();
    }

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Override
    protected ContainerEngine engine() {
        return ENGINE;
    }
}
