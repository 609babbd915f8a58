package io.gantry;

import io.dropwizard.lifecycle.ServerLifecycleListener;
import java.io.PrintStream;
import java.util.Arrays;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;

/** Tells whoever started the service where it is and what to try first. */
final class Greeting implements ServerLifecycleListener {

    private static final String WITH_A_TOKEN = " -H \"Authorization: Bearer $token\"";

    private final PrintStream out;
    private final boolean authenticates;

    /** @param authenticates whether callers need a token */
    Greeting(PrintStream out, boolean authenticates) {
        this.out = out;
        this.authenticates = authenticates;
    }

    @Override
    public void serverStarted(Server server) {
        String api = url(server, "application");
        out.printf("""

                Gantry is up.
                  API and its documentation  %s/
                  Health and metrics         %s/healthcheck
                Try it:
                  curl -d '{"data":{"attributes":{"title":"Hello","image":"busybox","command":"echo hello world"}}}' \\
                       -H 'Content-Type: application/json' -H 'Prefer: wait=30'%s %s/tasks

                """, api, url(server, "admin"), authenticates ? WITH_A_TOKEN : "", api);
        out.flush();
    }

    private static String url(Server server, String name) {
        return Arrays.stream(server.getConnectors())
                .filter(NetworkConnector.class::isInstance)
                .map(NetworkConnector.class::cast)
                .filter(connector -> name.equals(connector.getName()))
                .findFirst()
                .map(connector -> scheme(connector) + "://127.0.0.1:" + connector.getLocalPort())
                .orElse("");
    }

    private static String scheme(Connector connector) {
        return connector.getConnectionFactory(SslConnectionFactory.class) == null ? "http" : "https";
    }
}
