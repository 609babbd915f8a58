package io.gantry.access;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.server.SimpleServerFactory;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.util.List;
import java.util.stream.Stream;

/** Refuses to listen where other machines could call as long as nobody is asked who he is. */
public final class LoopbackRule {

    private LoopbackRule() {}

    /** Raises {@link ListensTooWide} if one of the ports can be reached from another machine. */
    public static void check(ServerFactory factory) {
        for (ConnectorFactory connector : connectors(factory)) {
            if (!(connector instanceof HttpConnectorFactory http) || !isLoopback(http)) {
                throw new ListensTooWide();
            }
        }
    }

    private static boolean isLoopback(HttpConnectorFactory connector) {
        String host = connector.getBindHost();
        return host != null && LocalHosts.isLoopback(host);
    }

    private static List<ConnectorFactory> connectors(ServerFactory factory) {
        if (factory instanceof DefaultServerFactory server) {
            return Stream.concat(server.getApplicationConnectors().stream(), server.getAdminConnectors().stream())
                    .toList();
        }
        if (factory instanceof SimpleServerFactory server) {
            return List.of(server.getConnector());
        }
        throw new ListensTooWide();
    }
}
