package io.gantry;

import io.dropwizard.lifecycle.ServerLifecycleListener;
import java.io.PrintStream;
import java.util.Arrays;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;

/** Tells whoever started the service where it is and what to try first. */
final class Greeting implements ServerLifecycleListener {

    private final PrintStream out;

    Greeting(PrintStream out) {
        this.out = out;
    }

    @Override
    public void serverStarted(Server server) {
        int api = port(server, "application");
        out.printf("""

                Gantry is up.
                  API and its documentation  http://127.0.0.1:%d/
                  Health and metrics         http://127.0.0.1:%d/healthcheck
                Try it:
                  curl -d '{"data":{"attributes":{"title":"Hello","image":"busybox","command":"echo hello world"}}}' \\
                       -H 'Content-Type: application/json' -H 'Prefer: wait=30' http://127.0.0.1:%d/tasks

                """, api, port(server, "admin"), api);
        out.flush();
    }

    private static int port(Server server, String name) {
        return Arrays.stream(server.getConnectors())
                .filter(NetworkConnector.class::isInstance)
                .map(NetworkConnector.class::cast)
                .filter(connector -> name.equals(connector.getName()))
                .findFirst()
                .map(NetworkConnector::getLocalPort)
                .orElse(0);
    }
}
