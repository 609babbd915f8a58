package io.gantry.metrics;

import io.gantry.database.Database;
import io.gantry.problem.ProblemException;
import io.gantry.run.Run;
import io.gantry.run.RunId;
import io.gantry.run.RunStore;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the runs that ended in this process. Off their own threads, so that measuring doesn't hold up the next run. */
final class EndedRuns {

    private static final Logger LOG = LoggerFactory.getLogger(EndedRuns.class);

    private final Database database;
    private final RunStore runs = new RunStore();
    private final Executor executor;
    private final Counter ended;
    private final Histogram waits;
    private final Histogram durations;

    EndedRuns(Database database, Executor executor, PrometheusRegistry registry) {
        this.database = database;
        this.executor = executor;
        this.ended = Counter.builder()
                .name("gantry_runs_ended_total")
                .help("Runs that ended in this process, by status and, if failed, by failure code.")
                .labelNames("status", "failure")
                .register(registry);
        this.waits = Histogram.builder()
                .name("gantry_queue_wait_seconds")
                .help("How long runs waited in the queue before they got a slot.")
                .classicOnly()
                .classicUpperBounds(Buckets.ofRuns())
                .register(registry);
        this.durations = Histogram.builder()
                .name("gantry_run_duration_seconds")
                .help("How long runs held a slot, from the claim to the stored outcome, by status.")
                .labelNames("status")
                .classicOnly()
                .classicUpperBounds(Buckets.ofRuns())
                .register(registry);
    }

    void add(RunId run) {
        try {
            executor.execute(() -> count(run));
        } catch (RejectedExecutionException e) {
            LOG.debug("Run {} ended while metrics are shut down", run);
        }
    }

    private void count(RunId id) {
        try {
            database.read(handle -> runs.find(handle, id)).ifPresent(this::count);
        } catch (ProblemException e) {
            LOG.debug("Run {} isn't counted: {}", id, e.getMessage());
        }
    }

    private void count(Run run) {
        if (run.isActive()) {
            return;
        }
        ended.labelValues(
                        run.status().word(),
                        run.failure().map(failure -> failure.code().word()).orElse(""))
                .inc();
        run.claimedAt().ifPresent(claimed -> {
            waits.observe(seconds(run.queuedAt(), claimed));
            run.finishedAt()
                    .ifPresent(finished ->
                            durations.labelValues(run.status().word()).observe(seconds(claimed, finished)));
        });
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
