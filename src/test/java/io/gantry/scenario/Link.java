package io.gantry.scenario;

import io.gantry.database.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A network link between the service and a server, which a test can cut: with a reset, or so that nobody is told. */
public final class Link implements AutoCloseable {

    /** What becomes of what is sent over it. */
    public enum State {
        /** It arrives. */
        UP,
        /** It vanishes, and so do the answers; new connections are taken up and stay silent. */
        SILENT,
        /** Connections are closed, new ones too. */
        BROKEN
    }

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.UP;

    private Link(ServerSocket listener, InetSocketAddress server) {
        this.listener = listener;
        this.server = server;
    }

    /** To a server on loopback. */
    public static Link to(int port) {
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            Link link = new Link(new ServerSocket(0, 100, loopback), new InetSocketAddress(loopback, port));
            daemon("link", link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** To the server of a test's database. */
    public static Link to(TestDatabase database) {
        return to(URI.create(database.url().substring("jdbc:".length())).getPort());
    }

    /** Where that database is found over it. */
    public String urlOf(TestDatabase database) {
        return database.url().replaceFirst(":\\d+/", ":" + port() + "/");
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void set(State next) {
        lock.lock();
        try {
            state = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (next != State.SILENT) {
            // What was sent into the silence is lost: a connection that missed something must not go on.
            sockets.forEach(Link::close);
        }
    }

    @Override
    public void close() {
        close(listener);
        set(State.BROKEN);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                daemon("link-connect", () -> connect(client));
            } catch (IOException e) {
                return; // It was closed.
            }
        }
    }

    private void connect(Socket client) {
        if (awaitSound() == State.BROKEN) {
            close(client);
            return;
        }
        try {
            Socket upstream = new Socket(server.getAddress(), server.getPort());
            sockets.add(upstream);
            daemon("link-out", () -> copy(client, upstream));
            daemon("link-in", () -> copy(upstream, client));
        } catch (IOException e) {
            close(client);
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (awaitSound() == State.BROKEN) {
                    break;
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // One side is gone; the other one follows.
        }
        close(from);
        close(to);
        sockets.remove(from);
        sockets.remove(to);
    }

    private State awaitSound() {
        lock.lock();
        try {
            while (state == State.SILENT) {
                changed.awaitUninterruptibly();
            }
            return state;
        } finally {
            lock.unlock();
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
