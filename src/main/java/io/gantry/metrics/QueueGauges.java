package io.gantry.metrics;

import io.gantry.database.TimedQuestion;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The queue as the database has it when somebody scrapes, at most once a second. While the database is away these gauges
 * are missing rather than wrong, and {@code gantry_database_up} is 0.
 */
final class QueueGauges implements MultiCollector {

    private static final Duration IN_TIME = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final TimedQuestion<QueueFacts> question;
    private Optional<QueueFacts> last = Optional.empty();
    private long lastAt = System.nanoTime() - FRESH.toNanos();

    QueueGauges(Supplier<QueueFacts> facts, ExecutorService executor) {
        this.question = new TimedQuestion<>(facts, IN_TIME, executor);
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        Optional<QueueFacts> known = facts();
        all.metricSnapshot(
                gauge("gantry_database_up", "Whether the database answered, 1 or 0.", known.isPresent() ? 1 : 0));
        known.ifPresent(facts -> all.metricSnapshot(
                        gauge("gantry_queue_length", "Runs that wait in the queue.", (double) facts.queued()))
                .metricSnapshot(gauge(
                        "gantry_queue_oldest_age_seconds",
                        "How long the first in line has waited, 0 when nobody waits.",
                        facts.oldestSeconds()))
                .metricSnapshot(gauge(
                        "gantry_runs_running", "Runs that hold a slot, over all nodes.", (double) facts.running()))
                .metricSnapshot(gauge("gantry_tasks", "Tasks that are stored.", (double) facts.tasks())));
        return all.build();
    }

    private synchronized Optional<QueueFacts> facts() {
        if (System.nanoTime() - lastAt >= FRESH.toNanos()) {
            last = ask();
            lastAt = System.nanoTime();
        }
        return last;
    }

    private Optional<QueueFacts> ask() {
        try {
            return Optional.of(question.ask());
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
