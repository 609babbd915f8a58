package io.gantry.logs;

import io.gantry.database.Database;
import io.gantry.logs.LogWriter.Flushed;
import io.gantry.run.RunId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Where what containers write is put: opens the writers of logs. */
public final class Logs {

    /** What waits for its commit, of one run. */
    private static final int BUFFER = 4 * 1024 * 1024;

    private final LogStore store;
    private final LogPageStore pages;
    private final LogCap cap;
    private final InstantSource clock;
    private final LongConsumer storedBytes;

    /** @param storedBytes told how many bytes were stored, after each commit */
    public Logs(Database database, LogsConfiguration configuration, InstantSource clock, LongConsumer storedBytes) {
        this.store = new LogStore(database);
        this.pages = new LogPageStore(database);
        this.cap = LogCap.of(configuration.limit());
        this.clock = clock;
        this.storedBytes = storedBytes;
    }

    /** A writer that goes on where the stored log ends. Empty when the run isn't in this epoch any more. */
    public Optional<LogWriter> open(RunId run, long epoch) {
        return store.findEnd(run, epoch).map(end -> {
            LogCommits commits = new LogCommits(store, run, epoch, end, storedBytes);
            return new LogWriter(run, commits, BUFFER, cap, clock);
        });
    }

    /**
     * A replay of the engine's own log into a writer that nothing else is fed to. Stores what the writer still holds
     * first; empty if that doesn't succeed in time, see the writer's state.
     *
     * @param retention how many bytes the engine's log surely holds before it drops any
     */
    public Optional<LogReplay> replay(LogWriter writer, long retention, Duration atMost) {
        if (writer.flush(atMost) != Flushed.ALL) {
            return Optional.empty();
        }
        writer.reopen();
        return Optional.of(new LogReplay(writer, pages, writer.stored(), retention));
    }
}
