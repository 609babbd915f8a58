package io.gantry;

import io.gantry.execution.ExecutionListener;
import io.gantry.metrics.Metrics;
import io.gantry.run.RetryAlarm;
import io.gantry.run.Run;
import io.gantry.run.RunEnds;
import java.util.Locale;

/** Passes what happens to runs on to those who wait for it and to those who count it. */
record News(RunEnds runEnds, Metrics metrics, RetryAlarm retries) implements ExecutionListener {

    @Override
    public void ended(Run run) {
        runEnds.tell(run.id());
        metrics.ended(run.id());
        retries.ended(run);
    }

    @Override
    public void mended(Mended what) {
        metrics.mended(what.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
