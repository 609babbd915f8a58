package io.gantry.execution;

import io.gantry.run.Run;
import io.gantry.run.RunId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told, for tests to look at. */
final class RecordedNews implements ExecutionListener {

    private final List<RunId> ended = new CopyOnWriteArrayList<>();
    private final List<Mended> mended = new CopyOnWriteArrayList<>();

    @Override
    public void ended(Run run) {
        ended.add(run.id());
    }

    @Override
    public void mended(Mended what) {
        mended.add(what);
    }

    List<RunId> ended() {
        return List.copyOf(ended);
    }

    List<Mended> mended() {
        return List.copyOf(mended);
    }
}
