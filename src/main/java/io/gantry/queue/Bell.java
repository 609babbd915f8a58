package io.gantry.queue;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Wakes waiting turns of this process when a slot may have become free, and for good when the process stops. */
public final class Bell {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private long count;
    private boolean stopping;

    public long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    public boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    public void ring() {
        lock.lock();
        try {
            count++;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting, now and later. */
    public void stop() {
        lock.lock();
        try {
            stopping = true;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has rung since {@code seen}, or the process stops, or the time is up, or the thread is interrupted. */
    public void awaitNext(long seen, Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (count == seen && !stopping && left > 0) {
                left = rung.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
