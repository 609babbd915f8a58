package io.gantry.chaos;

import java.io.IOException;
import java.nio.file.Path;

/** The container engine of a campaign. */
interface Engine {

    Path socket();

    /** The network that containers have on it. */
    String network();

    /** Leaves the machine as it was. */
    void close() throws IOException, InterruptedException;

    /** The one that this machine has; others use it too. */
    static Engine shared() {
        return new Engine() {
            @Override
            public Path socket() {
                return Path.of("/var/run/docker.sock");
            }

            @Override
            public String network() {
                return "bridge";
            }

            @Override
            public void close() {}
        };
    }
}
