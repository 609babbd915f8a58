package io.gantry.database;

import io.gantry.problem.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private Postgres in a folder, which outlives us if we are killed: whoever opens the folder next uses the server that
 * still runs, or starts one that recovers. Durable as any Postgres; reachable over loopback only, with a password.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    static final String ADMINISTRATOR = "postgres";
    private static final String GANTRY = "gantry";
    private static final Duration JOIN_WITHIN = Duration.ofSeconds(60);
    private static final Duration RECOVER_WITHIN = Duration.ofMinutes(5);
    private static final Duration START_AGAIN_WITHIN = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);
    private static final Duration START_AGAIN_AFTER = Duration.ofMillis(300);

    private final EmbeddedFolder folder;
    private final Postmaster postmaster;
    private final Optional<Ownership> ownership;

    /** What the one process that may stop the server has. */
    private record Ownership(FolderLock lock, PostgresTool tool) {}

    private EmbeddedPostgres(EmbeddedFolder folder, Postmaster postmaster, Optional<Ownership> ownership) {
        this.folder = folder;
        this.postmaster = postmaster;
        this.ownership = ownership;
    }

    /** Becomes the only user of the folder and sees that its server runs; refuses if another process is. */
    public static EmbeddedPostgres own(Path path) {
        EmbeddedFolder folder = EmbeddedFolder.at(path);
        return translated(folder, () -> {
            FolderLock lock = FolderLock.tryTake(folder.lock())
                    .orElseThrow(() -> new CannotStart("The embedded Postgres in " + folder.root() + " is in use by "
                            + FolderLock.holder(folder.lock())
                            + ". Stop that first, or choose another folder with GANTRY_DATA_DIR."));
            return owning(folder, lock);
        });
    }

    /** As {@link #own}, but uses the server of another process if there is one, and leaves stopping it to that one. */
    public static EmbeddedPostgres ownOrJoin(Path path) {
        EmbeddedFolder folder = EmbeddedFolder.at(path);
        return translated(folder, () -> {
            long deadline = System.nanoTime() + JOIN_WITHIN.toNanos();
            while (System.nanoTime() < deadline) {
                Optional<FolderLock> lock = FolderLock.tryTake(folder.lock());
                if (lock.isPresent()) {
                    return owning(folder, lock.get());
                }
                Optional<Postmaster> running = Postmaster.find(folder.data()).filter(Postmaster::ready);
                if (running.isPresent()) {
                    return new EmbeddedPostgres(folder, running.get(), Optional.empty());
                }
                pause(LOOK_EVERY);
            }
            throw new CannotStart("The embedded Postgres in " + folder.root() + " is in use by "
                    + FolderLock.holder(folder.lock()) + ", which hasn't started it within " + JOIN_WITHIN.toSeconds()
                    + " s.");
        });
    }

    /** The database that is ours. */
    public DatabaseAddress address() {
        return address(GANTRY, GANTRY);
    }

    /** The whole server, as its administrator. */
    DatabaseAddress administration() {
        return address(ADMINISTRATOR, ADMINISTRATOR);
    }

    private DatabaseAddress address(String database, String user) {
        return translated(
                folder,
                () -> new DatabaseAddress(
                        "jdbc:postgresql://127.0.0.1:" + postmaster.port() + "/" + database, user, folder.password()));
    }

    /** Whether closing it stops the server. */
    boolean isOwned() {
        return ownership.isPresent();
    }

    Postmaster postmaster() {
        return postmaster;
    }

    /** Stops the server if it is ours to stop: open connections are cut, what was committed is kept. */
    @Override
    public void close() {
        if (ownership.isPresent()) {
            translated(folder, () -> {
                try (FolderLock lock = ownership.get().lock()) {
                    PostgresTool.Result stop = ownership
                            .get()
                            .tool()
                            .run("pg_ctl", "stop", "-D", folder.data().toString(), "-m", "fast", "-w", "-t", "60");
                    if (!stop.succeeded() && Postmaster.find(folder.data()).isPresent()) {
                        LOG.warn("The embedded Postgres didn't stop: {}", PostgresLog.reason(stop.output()));
                    }
                    return lock;
                }
            });
        }
    }

    private static EmbeddedPostgres owning(EmbeddedFolder folder, FolderLock lock) throws IOException {
        try {
            UnprivilegedUser user = UnprivilegedUser.forData(folder.data());
            PostgresBinaries binaries = PostgresBinaries.unpackInto(folder.root());
            PostgresTool tool = new PostgresTool(binaries, user, folder.toolOutput());
            new DataFolder(folder, user, tool).make();
            folder.prepareLog(user);
            Postmaster postmaster = running(folder, tool);
            return new EmbeddedPostgres(folder, postmaster, Optional.of(new Ownership(lock, tool)));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Postmaster running(EmbeddedFolder folder, PostgresTool tool) throws IOException {
        long deadline = System.nanoTime() + START_AGAIN_WITHIN.toNanos();
        while (true) {
            Optional<Postmaster> running = awaitReady(folder.data());
            if (running.isPresent()) {
                return running.get();
            }
            String failure = start(folder, tool);
            if (!failure.isEmpty()) {
                if (!PostgresLog.isPassing(failure) || System.nanoTime() > deadline) {
                    throw new CannotStart("The embedded Postgres in " + folder.root() + " doesn't start: "
                            + PostgresLog.reason(failure) + " (all of it is in " + folder.log() + ")");
                }
                pause(START_AGAIN_AFTER);
            }
        }
    }

    /** Waits while a server is there that isn't ready yet; empty once there is none. */
    private static Optional<Postmaster> awaitReady(Path data) throws IOException {
        long deadline = System.nanoTime() + RECOVER_WITHIN.toNanos();
        Optional<Postmaster> found = Postmaster.find(data);
        while (found.isPresent() && !found.get().ready()) {
            if (System.nanoTime() > deadline) {
                throw new CannotStart("The embedded Postgres over " + data + " isn't ready after "
                        + RECOVER_WITHIN.toMinutes() + " minutes.");
            }
            pause(LOOK_EVERY);
            found = Postmaster.find(data);
        }
        return found;
    }

    /** Starts a server and waits until it takes connections. Returns what it said if it doesn't. */
    private static String start(EmbeddedFolder folder, PostgresTool tool) throws IOException {
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
                String.join(" ", "-p " + freePort(), PostgresSettings.asOptions()));
        return result.succeeded() ? "" : result.output() + PostgresLog.since(folder.log(), before);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while waiting for the embedded Postgres.", e);
        }
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T translated(EmbeddedFolder folder, Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new CannotStart("The embedded Postgres in " + folder.root() + " can't be used: " + e.getMessage(), e);
        }
    }
}
