package io.gantry.node;

import io.gantry.node.NodeStore.NodeRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which nodes have fallen silent, judged by this observer's own monotonic clock alone: those whose heartbeat counter stood
 * still for a while during which our own heartbeats got through. Clocks of different machines are never compared.
 */
public final class NodeWatch {

    private final Duration silence;
    private final Map<UUID, Sighting> sightings = new HashMap<>();

    /** @param silence how long a counter may stand still before its node counts as gone */
    public NodeWatch(Duration silence) {
        this.silence = silence;
    }

    /** Takes note of what the table says now. Called once a heartbeat, only after our own has been committed. */
    public synchronized void observe(List<NodeRow> rows, long nanoTime) {
        sightings.keySet().retainAll(rows.stream().map(NodeRow::incarnation).toList());
        for (NodeRow row : rows) {
            Sighting last = sightings.get(row.incarnation());
            if (last == null || last.heartbeat() != row.heartbeat()) {
                sightings.put(row.incarnation(), new Sighting(row.heartbeat(), nanoTime, nanoTime));
            } else {
                sightings.put(row.incarnation(), new Sighting(row.heartbeat(), last.since(), nanoTime));
            }
        }
    }

    /** Our own heartbeats didn't get through: whatever stood still meanwhile proves nothing. */
    public synchronized void blind(long nanoTime) {
        sightings.replaceAll((incarnation, s) -> new Sighting(s.heartbeat(), nanoTime, nanoTime));
    }

    /** Whether this life's heartbeat stood still for too long. Says nothing about a life that isn't in the table. */
    public synchronized boolean isSilent(UUID incarnation) {
        Sighting sighting = sightings.get(incarnation);
        return sighting != null && sighting.seen() - sighting.since() >= silence.toNanos();
    }

    private record Sighting(long heartbeat, long since, long seen) {}
}
