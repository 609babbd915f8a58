package io.gantry.chaos.observer;

import io.gantry.chaos.observer.Census.Inhabitant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Watches one trial from its first to its last moment. */
public final class Observer {

    private static final Pace CLOSE = new Pace(Duration.ofMillis(25), Duration.ofMillis(50));

    private final Subject subject;
    private final EventFollower events;
    private final ContainerLister containers;
    private final TableReader tables;
    private final Rounds tableRounds;
    private final Rounds containerRounds;

    /**
     * What is watched.
     *
     * @param nodes how the names of the service's nodes begin, by which its containers are told
     * @param strangers the ids of containers that aren't the service's
     */
    public record Subject(Path socket, TableAccess tables, String nodes, List<String> strangers) {

        boolean concerns(String container, Map<String, String> labels) {
            return strangers.contains(container)
                    || labels.getOrDefault(EngineEvent.NODE, "").startsWith(nodes);
        }
    }

    /** How long it rests between two looks. */
    public record Pace(Duration tables, Duration containers) {}

    public Observer(Subject subject) {
        this(subject, CLOSE);
    }

    public Observer(Subject subject, Pace pace) {
        this.subject = subject;
        DockerSocket docker = new DockerSocket(subject.socket());
        this.events = new EventFollower(
                docker, Instant.now(), event -> subject.concerns(event.container(), event.attributes()));
        this.containers = new ContainerLister(docker, seen -> subject.concerns(seen.id(), seen.labels()));
        this.tables = new TableReader(subject.tables());
        this.tableRounds = new Rounds("observer-tables", pace.tables(), tables::look);
        this.containerRounds = new Rounds("observer-containers", pace.containers(), containers::look);
    }

    /** What the tables said last. */
    public Optional<Sample> latest() {
        return tables.latest();
    }

    /** The service's containers that are there now. */
    public List<Inhabitant> inhabitants() throws IOException {
        return containers.look().inhabitants().stream()
                .filter(seen -> !subject.strangers().contains(seen.id()))
                .toList();
    }

    public List<StoredLog.Chunk> chunksOf(UUID run) throws SQLException {
        return tables.chunksOf(run);
    }

    /** What a process holds now, once it has thrown away what it needs no more. */
    public Vitals vitals(long pid) throws IOException, SQLException {
        return new Vitals(threads(pid), files(pid), tables.otherConnections(), Heap.mebibytesInUse(pid));
    }

    /** Whether a process holds hardly more than that; its heap isn't looked at, that would hold it up. */
    public boolean isBackTo(Vitals baseline, long pid) throws IOException, SQLException {
        return threads(pid) <= baseline.threads() + Vitals.TOLERANCE
                && files(pid) <= baseline.files() + Vitals.TOLERANCE
                && tables.otherConnections() <= baseline.connections() + Vitals.TOLERANCE;
    }

    private static int threads(long pid) throws IOException {
        return count(Path.of("/proc", Long.toString(pid), "task"));
    }

    private static int files(long pid) throws IOException {
        return count(Path.of("/proc", Long.toString(pid), "fd"));
    }

    private static int count(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return (int) entries.count();
        }
    }

    public List<Sample> samples() throws SQLException, IOException {
        tables.look();
        return tables.samples();
    }

    /** What the engine has told by itself so far. */
    public List<EngineEvent> told() {
        return events.events();
    }

    /** Asks the engine for what it hasn't told yet. */
    public List<EngineEvent> events() throws IOException {
        events.catchUp();
        return events.events();
    }

    public List<Census> censuses() throws IOException {
        containers.look();
        return containers.censuses();
    }

    public void stop() throws IOException, SQLException, InterruptedException {
        tableRounds.stop();
        containerRounds.stop();
        events.stop();
        tables.close();
    }
}
