package io.gantry;

import io.gantry.execution.ExecutionListener;
import io.gantry.metrics.Metrics;
import io.gantry.run.RunEnds;
import io.gantry.run.RunId;
import java.util.Locale;

/** Passes what happens to runs on to those who wait for it and to those who count it. */
record News(RunEnds runEnds, Metrics metrics) implements ExecutionListener {

    @Override
    public void ended(RunId run) {
        runEnds.tell(run);
        metrics.ended(run);
    }

    @Override
    public void mended(Mended what) {
        metrics.mended(what.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
