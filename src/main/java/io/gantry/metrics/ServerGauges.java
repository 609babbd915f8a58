package io.gantry.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.List;
import java.util.Optional;

/** What Dropwizard measures of the API's HTTP traffic and of the connection pool, under our names and in our units. */
final class ServerGauges implements MultiCollector {

    private static final String HTTP = "io.dropwizard.jetty.MutableServletContextHandler.";
    private static final String POOL = "io.dropwizard.db.ManagedPooledDataSource.database.";
    private static final double NANOSECONDS = 1e9;

    private final MetricRegistry metrics;

    ServerGauges(MetricRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public MetricSnapshots collect() {
        MetricSnapshots.Builder all =
                MetricSnapshots.builder().metricSnapshot(responses()).metricSnapshot(connections());
        requests().ifPresent(all::metricSnapshot);
        return all.build();
    }

    private CounterSnapshot responses() {
        CounterSnapshot.Builder counter =
                CounterSnapshot.builder().name("gantry_http_responses").help("Answers of the API, by class of status.");
        for (String status : List.of("1xx", "2xx", "3xx", "4xx", "5xx")) {
            Meter meter = metrics.getMeters().get(HTTP + status + "-responses");
            if (meter != null) {
                counter.dataPoint(CounterDataPointSnapshot.builder()
                        .labels(Labels.of("status", status))
                        .value((double) meter.getCount())
                        .build());
            }
        }
        return counter.build();
    }

    private Optional<SummarySnapshot> requests() {
        return Optional.ofNullable(metrics.getTimers().get(HTTP + "requests")).map(ServerGauges::requests);
    }

    private static SummarySnapshot requests(Timer timer) {
        Snapshot times = timer.getSnapshot();
        return SummarySnapshot.builder()
                .name("gantry_http_request_duration_seconds")
                .help("How long the API took to answer, of the last minutes; the count is of all time.")
                .dataPoint(SummaryDataPointSnapshot.builder()
                        .count(timer.getCount())
                        .quantiles(Quantiles.of(
                                new Quantile(0.5, times.getMedian() / NANOSECONDS),
                                new Quantile(0.95, times.get95thPercentile() / NANOSECONDS),
                                new Quantile(0.99, times.get99thPercentile() / NANOSECONDS)))
                        .build())
                .build();
    }

    private GaugeSnapshot connections() {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name("gantry_database_connections")
                .help("Connections of the pool that are active or idle, and threads that wait for one.");
        for (String state : List.of("active", "idle", "waiting")) {
            Gauge<?> value = metrics.getGauges().get(POOL + state);
            if (value != null && value.getValue() instanceof Number number) {
                gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("state", state))
                        .value(number.doubleValue())
                        .build());
            }
        }
        return gauge.build();
    }
}
