package io.gantry.metrics;

import com.codahale.metrics.MetricRegistry;
import io.gantry.database.Database;
import io.gantry.engine.EngineCalls;
import io.gantry.run.RunId;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.Servlet;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** All that is measured. Counters begin at 0 with the process; lengths and ages are asked of the database when scraped. */
public final class Metrics implements AutoCloseable {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExecutorService executor;
    private final EndedRuns endedRuns;
    private final Counter logBytes;
    private final Counter mended;
    private final Gauge invariants;
    private final Gauge failedLooks;
    private final Histogram engineCalls;

    /** @param http Dropwizard's own, which measures requests and the connection pool */
    public Metrics(Database database, MetricRegistry http) {
        this.executor = Executors.newFixedThreadPool(2, work -> {
            Thread thread = new Thread(work, "metrics");
            thread.setDaemon(true);
            return thread;
        });
        this.endedRuns = new EndedRuns(database, executor, registry);
        this.logBytes = Counter.builder()
                .name("gantry_log_bytes_total")
                .help("Bytes of container output that were stored.")
                .register(registry);
        this.invariants = Gauge.builder()
                .name("gantry_invariant_broken")
                .help("Whether something that must always hold was found broken at the last look, 1 or 0.")
                .labelNames("rule")
                .register(registry);
        this.failedLooks = Gauge.builder()
                .name("gantry_invariant_failed_looks")
                .help(
                        "How many looks in a row at something that must always hold have failed; 0 after one that didn't.")
                .labelNames("rule")
                .register(registry);
        this.mended = Counter.builder()
                .name("gantry_mended_total")
                .help("What this process found lost or left over and put right, by kind.")
                .labelNames("what")
                .register(registry);
        this.engineCalls = Histogram.builder()
                .name("gantry_engine_call_duration_seconds")
                .help("How long the container engine took to answer, by call and kind of answer.")
                .labelNames("call", "answer")
                .classicOnly()
                .classicUpperBounds(Buckets.ofCalls())
                .register(registry);
        registry.register(new QueueGauges(new QueueFactsStore(database)::read, executor));
        registry.register(new ServerGauges(http));
        JvmMetrics.builder().register(registry);
    }

    /** A run of this process is over; its outcome is read and counted soon. */
    public void ended(RunId run) {
        endedRuns.add(run);
    }

    /** A rule was found whole or broken. */
    public void lookedAtInvariant(String rule, boolean broken) {
        invariants.labelValues(rule).set(broken ? 1 : 0);
        failedLooks.labelValues(rule).set(0);
    }

    /**
     * A rule couldn't be looked at.
     *
     * @param times in a row
     */
    public void couldNotLookAtInvariant(String rule, int times) {
        failedLooks.labelValues(rule).set(times);
    }

    /** Something had got lost, or was left over, and was put right: {@code lost-turn}, {@code stray-container}. */
    public void mended(String what) {
        mended.labelValues(what).inc();
    }

    public void storedLog(long bytes) {
        logBytes.inc(bytes);
    }

    public void engineCalled(String call, Duration took, EngineCalls.Answer answer) {
        engineCalls.labelValues(call, answer.name().toLowerCase(Locale.ROOT)).observe(took.toNanos() / 1e9);
    }

    /** {@code GET /metrics}. */
    public Servlet servlet() {
        return new PrometheusMetricsServlet(registry);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
