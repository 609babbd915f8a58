package io.gantry.database;

import io.gantry.problem.CannotStart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    private final EmbeddedFolder folder;
    private final int port;
    private Optional<Ownership> ownership;

    /** What the one process that may start and stop the server has. */
    private record Ownership(FolderLock lock, PostgresProcess process) {}

    private EmbeddedPostgres(EmbeddedFolder folder, int port, Optional<Ownership> ownership) {
        this.folder = folder;
        this.port = port;
        this.ownership = ownership;
    }

    /** Becomes the only user of the folder and sees that its server runs; refuses if another process is. */
    public static EmbeddedPostgres own(Path path) {
        EmbeddedFolder folder = EmbeddedFolder.at(path);
        return translated(folder, () -> owning(folder, lock(folder), UnprivilegedUser.forData(folder.data())));
    }

    static EmbeddedPostgres own(Path path, UnprivilegedUser user) {
        EmbeddedFolder folder = EmbeddedFolder.at(path);
        return translated(folder, () -> owning(folder, lock(folder), user));
    }

    /** As {@link #own}, but uses the server of another process if there is one, and leaves stopping it to that one. */
    public static EmbeddedPostgres ownOrJoin(Path path) {
        EmbeddedFolder folder = EmbeddedFolder.at(path);
        return translated(folder, () -> {
            long deadline = System.nanoTime() + JOIN_WITHIN.toNanos();
            while (System.nanoTime() < deadline) {
                Optional<FolderLock> lock = FolderLock.tryTake(folder.lock());
                if (lock.isPresent()) {
                    return owning(folder, lock.get(), UnprivilegedUser.forData(folder.data()));
                }
                Optional<Postmaster> running = Postmaster.find(folder.data()).filter(Postmaster::ready);
                if (running.isPresent()) {
                    return new EmbeddedPostgres(folder, running.get().port(), Optional.empty());
                }
                PostgresProcess.pause(LOOK_EVERY);
            }
            throw new CannotStart("The embedded Postgres in " + folder.root() + " is in use by "
                    + FolderLock.holder(folder.lock()) + ", which hasn't started it within " + JOIN_WITHIN.toSeconds()
                    + " s.");
        });
    }

    private static FolderLock lock(EmbeddedFolder folder) throws IOException {
        return FolderLock.tryTake(folder.lock())
                .orElseThrow(() -> new CannotStart("The embedded Postgres in " + folder.root() + " is in use by "
                        + FolderLock.holder(folder.lock())
                        + ". Stop that first, or choose another folder with GANTRY_DATA_DIR."));
    }

    private static EmbeddedPostgres owning(EmbeddedFolder folder, FolderLock lock, UnprivilegedUser user)
            throws IOException {
        try {
            PostgresBinaries binaries = PostgresBinaries.unpackInto(folder.root());
            user.requireAccessTo(folder.root());
            PostgresTool tool = new PostgresTool(binaries, user, folder.toolOutput());
            new DataFolder(folder, user, tool).make();
            folder.prepareLog(user);
            PostgresProcess process = new PostgresProcess(folder, tool);
            int port = process.running(Optional.empty()).port();
            return new EmbeddedPostgres(folder, port, Optional.of(new Ownership(lock, process)));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
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
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
        return translated(folder, () -> new DatabaseAddress(url, user, folder.password()));
    }

    /** Whether closing it stops the server. */
    synchronized boolean isOwned() {
        return ownership.isPresent();
    }

    /** Starts the server again, on its port, if it has died and is ours. To be called every now and then. */
    synchronized void revive() {
        if (ownership.isPresent()) {
            translated(folder, () -> {
                if (Postmaster.find(folder.data()).isEmpty()) {
                    LOG.warn("The embedded Postgres has died and is started again");
                    ownership.get().process().running(Optional.of(port));
                }
                return port;
            });
        }
    }

    /** Stops the server if it is ours to stop: open connections are cut, what was committed is kept. */
    @Override
    public synchronized void close() {
        if (ownership.isPresent()) {
            translated(folder, () -> stop(ownership.get()));
            ownership = Optional.empty();
        }
    }

    private static Ownership stop(Ownership owned) throws IOException {
        try {
            owned.process().stop().ifPresent(why -> LOG.warn("The embedded Postgres didn't stop: {}", why));
            return owned;
        } finally {
            owned.lock().close();
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
