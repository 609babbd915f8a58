package io.gantry.logs;

import io.gantry.run.RunId;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits one writer's batches, each exactly once, however often the storage fails or its answers get lost. */
final class LogCommits {

    private static final Logger LOG = LoggerFactory.getLogger(LogCommits.class);

    private final LogStore store;
    private final RunId run;
    private final long epoch;
    private final LongConsumer storedBytes;
    private volatile LogEnd end;

    LogCommits(LogStore store, RunId run, long epoch, LogEnd end, LongConsumer storedBytes) {
        this.store = store;
        this.run = run;
        this.epoch = epoch;
        this.end = end;
        this.storedBytes = storedBytes;
    }

    LogEnd end() {
        return end;
    }

    /**
     * Stores a batch.
     *
     * @param wanted asked before each new attempt
     * @return false when the run is no longer ours to write, or the batch is no longer wanted
     */
    boolean commit(LogBatch batch, BooleanSupplier wanted) {
        Backoff backoff = new Backoff();
        for (boolean inDoubt = false; wanted.getAsBoolean(); inDoubt = true) {
            try {
                if (store.append(run, epoch, batch) == LogStore.Append.REFUSED && !(inDoubt && isStored(batch))) {
                    return false;
                }
                end = batch.after();
                storedBytes.accept(batch.bytes());
                return true;
            } catch (RuntimeException e) {
                if (!inDoubt) {
                    LOG.warn("Output of run {} can't be stored yet; it is kept and tried again", run, e);
                }
                backoff.pause();
            }
        }
        return false;
    }

    /** Whether an attempt whose answer got lost was committed after all. */
    private boolean isStored(LogBatch batch) {
        return store.findEnd(run, epoch)
                .filter(found -> found.chunks() == batch.after().chunks()
                        && found.offsets().equals(batch.after().offsets()))
                .isPresent();
    }
}
