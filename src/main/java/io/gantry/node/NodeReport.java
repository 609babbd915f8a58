package io.gantry.node;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Who is there and what each drives, as {@code GET /nodes} tells it. Times are the database's, in RFC 3339.
 *
 * @param answeredBy the node that was asked
 * @param unowned running runs that no node in the list drives: their node let go of them, or has begun another life
 */
public record NodeReport(String answeredBy, List<Entry> nodes, List<UnownedRun> unowned) {

    /**
     * One node.
     *
     * @param since when it started, was seen last, or stopped, according to its state
     * @param version of the service, where it was built with one
     */
    public record Entry(
            String name,
            UUID incarnation,
            State state,
            String since,
            Optional<String> version,
            EngineState engine,
            List<DrivenRun> runs) {}

    /** Whether a node is there. */
    public enum State {
        /** Its heartbeat gets through. */
        ALIVE,
        /** No heartbeat for some seconds: it died, or stands still, or can't reach the database. */
        SILENT,
        /** It was told to stop, and did. */
        STOPPED;

        /** The word used on the wire. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A node's engine.
     *
     * @param id of the one that it reached last
     * @param reachable absent while nobody can say, as the node itself isn't there
     * @param trouble why not
     */
    public record EngineState(Optional<String> id, Optional<Boolean> reachable, Optional<String> trouble) {}

    /**
     * A run in the hands of a node.
     *
     * @param since when the node claimed or adopted it
     */
    public record DrivenRun(UUID id, UUID task, Optional<String> since) {}

    /**
     * A run that waits to be adopted.
     *
     * @param node who drove it last
     * @param engine that only a node which reaches it can adopt it; absent if any can
     */
    public record UnownedRun(UUID id, UUID task, Optional<String> node, Optional<String> engine) {}
}
