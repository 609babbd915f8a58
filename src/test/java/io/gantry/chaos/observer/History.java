package io.gantry.chaos.observer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything that was seen from outside during one trial, in the order in which it was seen.
 *
 * @param truths what each task's container writes and how it ends, by task
 * @param outages when the database was away, or the service had been told to stop
 * @param strangers containers that aren't the service's and that it must leave alone
 */
public record History(
        Limits limits,
        List<Exchange> exchanges,
        List<Sample> samples,
        List<EngineEvent> events,
        List<Census> censuses,
        Map<UUID, StoredLog> logs,
        Map<UUID, Truth> truths,
        List<Outage> outages,
        List<EngineOutage> engineOutages,
        List<String> strangers,
        Vitals baseline,
        Vitals end) {

    /** What the service was told to keep to. */
    public record Limits(int running, int tasks) {}

    /** What the last look into the tables saw. */
    public Sample last() {
        return samples.get(samples.size() - 1);
    }

    /** Each run's row in all the states in which it was seen, oldest first. */
    public Map<UUID, List<RunRow>> versions() {
        Map<UUID, List<RunRow>> versions = new LinkedHashMap<>();
        for (Sample sample : samples) {
            for (RunRow row : sample.runs()) {
                List<RunRow> known = versions.computeIfAbsent(row.id(), id -> new ArrayList<>());
                if (known.isEmpty() || !known.get(known.size() - 1).equals(row)) {
                    known.add(row);
                }
            }
        }
        return versions;
    }

    /** Each run's row as it was seen last, also of runs that were deleted after that. */
    public List<RunRow> lastRows() {
        return versions().values().stream()
                .map(rows -> rows.get(rows.size() - 1))
                .toList();
    }

    /** What the engine told of a run's containers. */
    public List<EngineEvent> eventsOf(UUID run) {
        return events.stream()
                .filter(event -> event.run().equals(Optional.of(run)))
                .toList();
    }

    /** When the engine told first that this happened to a run's container. */
    public Optional<Instant> toldAt(UUID run, String action) {
        return eventsOf(run).stream()
                .filter(event -> event.is(action))
                .map(EngineEvent::at)
                .findFirst();
    }

    /**
     * Those that fall into the time from a run's claim to when its end was stored, at least in part; a container may end just
     * before its engine does.
     */
    public List<EngineOutage> engineOutagesDuring(RunRow ended) {
        Instant begin = ended.claimedAt().orElse(Instant.MAX);
        return engineOutages.stream()
                .filter(outage -> outage.touches(begin, endSeenAt(ended)))
                .toList();
    }

    /** When the tables were first seen to say how a run ended. */
    public Instant endSeenAt(RunRow ended) {
        return samples.stream()
                .filter(sample -> sample.runs().contains(ended))
                .map(Sample::at)
                .findFirst()
                .orElse(Instant.MAX);
    }
}
