package io.gantry.database;

import io.gantry.problem.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts and stops the server over an embedded folder. */
final class PostgresProcess {

    private static final Duration RECOVER_WITHIN = Duration.ofMinutes(5);
    private static final Duration START_AGAIN_WITHIN = Duration.ofSeconds(20);
    private static final Duration START_AGAIN_AFTER = Duration.ofMillis(300);
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(60);

    private final EmbeddedFolder folder;
    private final PostgresTool tool;

    PostgresProcess(EmbeddedFolder folder, PostgresTool tool) {
        this.folder = folder;
        this.tool = tool;
    }

    /**
     * The server that runs already, else one that is started.
     *
     * @param port for one that is started; absent takes any that is free
     */
    Postmaster running(Optional<Integer> port) throws IOException {
        long deadline = System.nanoTime() + START_AGAIN_WITHIN.toNanos();
        while (true) {
            Optional<Postmaster> running = awaitReady();
            if (running.isPresent()) {
                return running.get();
            }
            Postmaster.forgetDead(folder.data());
            String failure = start(port.isPresent() ? port.get() : freePort());
            if (!failure.isEmpty()) {
                if (!PostgresLog.isPassing(failure) || System.nanoTime() > deadline) {
                    throw new CannotStart("The embedded Postgres in " + folder.root() + " doesn't start: "
                            + PostgresLog.reason(failure) + " (all of it is in " + folder.log() + ")");
                }
                pause(START_AGAIN_AFTER);
            }
        }
    }

    /** Cuts open connections. Returns what is wrong if the server still runs after that. */
    Optional<String> stop() throws IOException {
        PostgresTool.Result stop = tool.run(
                "pg_ctl",
                "stop",
                "-D",
                folder.data().toString(),
                "-m",
                "fast",
                "-w",
                "-t",
                Long.toString(STOP_WITHIN.toSeconds()));
        boolean stopped = stop.succeeded() || Postmaster.find(folder.data()).isEmpty();
        return stopped ? Optional.empty() : Optional.of(PostgresLog.reason(stop.output()));
    }

    /** Waits while a server is there that isn't ready yet; empty once there is none. */
    private Optional<Postmaster> awaitReady() throws IOException {
        long deadline = System.nanoTime() + RECOVER_WITHIN.toNanos();
        Optional<Postmaster> found = Postmaster.find(folder.data());
        while (found.isPresent() && !found.get().ready()) {
            if (System.nanoTime() > deadline) {
                throw new CannotStart("The embedded Postgres in " + folder.root() + " isn't ready after "
                        + RECOVER_WITHIN.toMinutes() + " minutes (see " + folder.log() + ").");
            }
            pause(LOOK_EVERY);
            found = Postmaster.find(folder.data());
        }
        return found;
    }

    /** Starts a server and waits until it takes connections. Returns what it said if it doesn't. */
    private String start(int port) throws IOException {
        long before = PostgresLog.size(folder.log());
        PostgresTool.Result result = tool.run(
                "pg_ctl",
                "start",
                "-D",
                folder.data().toString(),
                "-l",
                folder.log().toString(),
                "-w",
                "-t",
                Long.toString(RECOVER_WITHIN.toSeconds()),
                "-o",
                "-p " + port + " " + PostgresSettings.asOptions());
        return result.succeeded() ? "" : result.output() + PostgresLog.since(folder.log(), before);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while waiting for the embedded Postgres.", e);
        }
    }
}
