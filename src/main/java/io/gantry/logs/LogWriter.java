package io.gantry.logs;

import io.gantry.engine.OutputSink;
import io.gantry.engine.OutputStreamName;
import io.gantry.run.RunId;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes one run's output as it comes and stores it chunk by chunk, for one owner in one epoch. Frames are copied into a
 * bounded buffer; a thread of its own commits them, and goes on trying while the storage is away.
 */
public final class LogWriter implements OutputSink, AutoCloseable {

    /** How long a frame that finds the buffer full holds up the engine: longer, and the container's tail may get lost. */
    static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration COMMIT_AFTER = Duration.ofMillis(100);

    private final RunId run;
    private final LogCommits commits;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition stored = lock.newCondition();
    private final PendingChunks pending;
    private long firstArrival;
    private int flushes;
    private State state;
    private boolean gapless;

    LogWriter(RunId run, LogCommits commits, int capacity, LogCap cap, InstantSource clock) {
        this.run = run;
        this.commits = commits;
        this.clock = clock;
        this.pending = new PendingChunks(capacity, cap, commits.end());
        this.state = State.OPEN;
        this.gapless = commits.end().chunks() == 0;
        Thread thread = new Thread(this::commitAll, "log-" + run);
        thread.setDaemon(true);
        thread.start();
    }

    /** How a writer stands. Only an open one keeps what it is given, all others drop it. */
    public enum State {
        OPEN,
        /**
         * The storage was too slow and something was dropped. What came before it is stored all the same. Close the feed,
         * go on with {@link Logs#replay} from the engine's own log.
         */
        OVERWHELMED,
        /** The run has gone to another owner, or has ended, or is gone. Nothing more is written. */
        FENCED,
        CLOSED
    }

    /** How far a flush came. */
    public enum Flushed {
        ALL,
        /** Not everything in the time given; it is still being tried. */
        LATE,
        /** What was left will never be stored. */
        FENCED
    }

    /** Copies a frame into the buffer. Blocks while that is full, half a second at most, and then is overwhelmed. */
    @Override
    public void output(OutputStreamName stream, byte[] bytes, int offset, int length) {
        output(stream, bytes, offset, length, PATIENCE);
    }

    void output(OutputStreamName stream, byte[] bytes, int offset, int length, Duration patience) {
        lock.lock();
        try {
            Deadline deadline = Deadline.in(patience);
            int taken = 0;
            while (taken < length && state == State.OPEN) {
                int step = add(LogStream.of(stream), bytes, offset + taken, length - taken);
                taken += step;
                if (step == 0 && !deadline.await(stored)) {
                    state = State.OVERWHELMED;
                    gapless = false;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private int add(LogStream stream, byte[] bytes, int offset, int length) {
        boolean idle = pending.isEmpty();
        int taken = pending.add(stream, clock.instant().truncatedTo(ChronoUnit.MICROS), bytes, offset, length);
        if (idle && !pending.isEmpty()) {
            firstArrival = System.nanoTime();
            arrived.signal();
        } else if (pending.fillsBatch()) {
            arrived.signal();
        }
        return taken;
    }

    /** Waits until everything that was taken so far is committed. */
    public Flushed flush(Duration atMost) {
        lock.lock();
        try {
            Deadline deadline = Deadline.in(atMost);
            flushes++;
            arrived.signal();
            while (!pending.isDone() && writes() && deadline.await(stored)) {
                arrived.signal();
            }
            flushes--;
            if (pending.isDone()) {
                return Flushed.ALL;
            }
            return writes() ? Flushed.LATE : Flushed.FENCED;
        } finally {
            lock.unlock();
        }
    }

    public State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether all that was fed is kept and began with an empty log: with a feed that was attached before the start and
     * has ended by itself, and a flush that stored everything, the log is complete.
     */
    public boolean isGapless() {
        lock.lock();
        try {
            return gapless && state != State.FENCED;
        } finally {
            lock.unlock();
        }
    }

    /** Stops without waiting; what isn't committed is abandoned, and the engine's own log still has it. */
    @Override
    public void close() {
        stop(State.CLOSED);
    }

    /** Takes output again after something was dropped; from where, is the caller's to know. */
    void reopen() {
        lock.lock();
        try {
            gapless = false;
            if (state == State.OVERWHELMED) {
                state = State.OPEN;
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is committed. */
    StoredLog stored() {
        return new StoredLog(run, commits.end().chunks(), commits.end().offsets());
    }

    /** Whether the log has reached its cap, so that nothing more of it is stored. */
    boolean isCut() {
        lock.lock();
        try {
            return pending.isCut();
        } finally {
            lock.unlock();
        }
    }

    /** However the thread ends, nobody must wait for it: a run whose log can't be written on is for another owner. */
    private void commitAll() {
        try {
            while (awaitBatch() && commits.commit(nextBatch(), this::writes)) {
                released();
            }
        } finally {
            stop(State.FENCED);
        }
    }

    private boolean awaitBatch() {
        lock.lock();
        try {
            while (writes() && pending.isEmpty()) {
                arrived.awaitUninterruptibly();
            }
            Deadline deadline = Deadline.at(firstArrival, COMMIT_AFTER);
            while (writes() && flushes == 0 && !pending.fillsBatch() && deadline.await(arrived)) {
                // More may still come into this batch.
            }
            return writes();
        } finally {
            lock.unlock();
        }
    }

    private LogBatch nextBatch() {
        lock.lock();
        try {
            LogBatch batch = LogBatch.following(commits.end(), pending.takeBatch());
            firstArrival = System.nanoTime();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void released() {
        lock.lock();
        try {
            pending.released();
            stored.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void stop(State last) {
        lock.lock();
        try {
            state = writes() ? last : state;
            arrived.signalAll();
            stored.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean writes() {
        lock.lock();
        try {
            return state == State.OPEN || state == State.OVERWHELMED;
        } finally {
            lock.unlock();
        }
    }
}
