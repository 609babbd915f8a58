package io.gantry.client;

import io.dropwizard.core.setup.Environment;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts off clients that send or read so slowly that they seem to do it on purpose ("slowloris"). Jetty's idle timeout begins
 * anew with each byte, and its least data rates are about bodies and answers only.
 */
public final class SlowClients implements Connection.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(SlowClients.class);

    /**
     * How much the system holds for a client that doesn't read. Left to itself Linux takes up to 4 MiB, and tells that there is
     * room again when a third of it is: too rarely to tell an honest slow reader from one that does nothing.
     */
    private static final int SEND_BUFFER_BYTES = 256 * 1024;

    private final ClientsConfiguration limits;
    private final Map<Connection, Conversation> conversations = new ConcurrentHashMap<>();

    public SlowClients(ClientsConfiguration limits) {
        this.limits = limits;
    }

    /** To be called once, before the server starts; {@link #look} must then be called every {@link #pause}. */
    public void install(Environment environment) {
        environment.lifecycle().addEventListener(new Joining());
    }

    /** How often to look, so that nobody is cut off much later than is configured. */
    public Duration pause() {
        return Stream.of(Part.values())
                .map(part -> limits.time(part).dividedBy(5))
                .reduce(Duration.ofSeconds(1), (a, b) -> a.compareTo(b) < 0 ? a : b);
    }

    @Override
    public void onOpened(Connection connection) {
        // TLS is only the envelope of another connection.
        if (!(connection instanceof SslConnection)) {
            conversations.put(connection, new Conversation(connection, System.nanoTime()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        conversations.remove(connection);
    }

    /** Looks at all connections, and cuts off who is too slow. */
    public void look() {
        long now = System.nanoTime();
        conversations.forEach((connection, conversation) ->
                conversation.overdue(limits, now).ifPresent(part -> cut(connection, part)));
    }

    /** Who waits for a body is told, and answers 408. */
    private static void cut(Connection connection, Part part) {
        LOG.debug("cut off a client that was too slow with its {}", part);
        TimeoutException tooSlow = new TimeoutException("too slow");
        if (part == Part.BODY && !connection.onIdleExpired(tooSlow)) {
            return;
        }
        if (part == Part.ANSWER) {
            forgetUnread(connection.getEndPoint());
        }
        connection.getEndPoint().close(tooSlow);
    }

    /** Lets the close be a reset; otherwise the system would go on offering the client what it hasn't read. */
    private static void forgetUnread(EndPoint endPoint) {
        if (endPoint.getTransport() instanceof SocketChannel channel) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                LOG.debug("the connection is closed already", e);
            }
        }
    }

    /** Goes in in the last moment in which the server lets us. */
    private final class Joining implements LifeCycle.Listener {
        @Override
        public void lifeCycleStarting(LifeCycle starting) {
            if (starting instanceof Server server) {
                for (Connector connector : server.getConnectors()) {
                    join(connector);
                }
                SlicedAnswers answers = new SlicedAnswers();
                answers.setHandler(server.getHandler());
                server.setHandler(answers);
            }
        }

        private void join(Connector connector) {
            connector.addEventListener(SlowClients.this);
            if (connector instanceof ServerConnector tcp) {
                tcp.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
            }
        }
    }
}
