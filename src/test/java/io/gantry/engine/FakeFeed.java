package io.gantry.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/** A feed that hands on what it is given, on the thread that gives it. */
final class FakeFeed implements OutputFeed {

    private final OutputSink sink;
    private final Consumer<FakeFeed> onClose;
    private State state = State.FLOWING;

    FakeFeed(OutputSink sink, Consumer<FakeFeed> onClose) {
        this.sink = sink;
        this.onClose = onClose;
    }

    /** As from an engine: in an array that is used again afterwards, and not at its beginning. */
    synchronized void deliver(FakeContainer.Written written) {
        if (state != State.FLOWING) {
            return;
        }
        byte[] shared = new byte[written.bytes().length + 2];
        System.arraycopy(written.bytes(), 0, shared, 1, written.bytes().length);
        try {
            sink.output(written.stream(), shared, 1, written.bytes().length);
        } catch (RuntimeException e) {
            end(State.BROKEN);
        }
        Arrays.fill(shared, (byte) '#');
    }

    synchronized void end(State end) {
        if (state == State.FLOWING) {
            state = end;
            notifyAll();
        }
    }

    @Override
    public synchronized State await(Duration atMost) {
        FakeEngine.waitWhile(this, atMost, () -> state == State.FLOWING);
        return state;
    }

    @Override
    public void close() {
        end(State.BROKEN);
        onClose.accept(this);
    }
}
