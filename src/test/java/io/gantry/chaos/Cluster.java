package io.gantry.chaos;

import io.gantry.chaos.observer.Census;
import io.gantry.chaos.observer.DockerSocket;
import io.gantry.chaos.observer.EngineEvent;
import io.gantry.chaos.observer.Exchange;
import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.Observer;
import io.gantry.chaos.observer.Outage;
import io.gantry.chaos.observer.RecordingClient;
import io.gantry.chaos.observer.Sample;
import io.gantry.chaos.observer.Truth;
import io.gantry.chaos.observer.Vitals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Several nodes on one database, with an engine for all or one for each, and an observer for each engine. */
final class Cluster implements AutoCloseable {

    /** A look into thousands of rows costs the database more than the work that it looks at. */
    private static final Observer.Pace PACE = new Observer.Pace(Duration.ofSeconds(20), Duration.ofMillis(500));

    private final String name = "crowd-" + UUID.randomUUID();
    private final int tasks;
    private final Postgres postgres;
    private final List<Engine> engines = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();
    private final List<Observer> observers = new ArrayList<>();
    private final List<Service> services = new CopyOnWriteArrayList<>();
    private boolean closed;

    /** @param tasks at most */
    Cluster(Path folder, int tasks) throws IOException {
        this.tasks = tasks;
        this.postgres = new Postgres(Files.createDirectories(folder).toAbsolutePath());
    }

    /** Returns when all nodes are ready. */
    void open(Path folder, Crowd crowd) throws Exception {
        for (int node = 0; node < crowd.nodes(); node++) {
            if (crowd.ownEngines()) {
                engines.add(new OwnEngine(Files.createTempDirectory("gantry-crowd"), OwnEngine.LiveRestore.ON));
            } else if (engines.isEmpty()) {
                engines.add(Engine.shared());
            }
            Path home = Files.createDirectories(folder.toAbsolutePath().resolve("node-" + node));
            programs.add(new Program(postgres.tables(), Setting.with(engines.get(engines.size() - 1)), home, tasks));
        }
        postgres.empty();
        if (programs.get(0).migrate(Optional.empty()).process().waitFor() != 0) {
            throw new IllegalStateException("the migration failed");
        }
        for (Engine engine : engines) {
            observers.add(
                    new Observer(new Observer.Subject(engine.socket(), postgres.tables(), name, List.of()), PACE));
        }
        for (int node = 0; node < crowd.nodes(); node++) {
            synchronized (this) {
                services.add(serviceOf(node));
            }
        }
        services.forEach(Service::awaitReady);
    }

    private Service serviceOf(int node) throws IOException {
        if (closed) {
            throw new IllegalStateException("all is over");
        }
        return Service.start(programs.get(node), name + "-" + node, Optional.empty());
    }

    int size() {
        return services.size();
    }

    Service service(int node) {
        return services.get(node);
    }

    /** Returns when it is ready. */
    void startAgain(int node) throws IOException {
        synchronized (this) {
            services.set(node, serviceOf(node));
        }
        services.get(node).awaitReady();
    }

    /** How many are queued or running. */
    int activeRuns() {
        try (Connection connection = DriverManager.getConnection(
                        postgres.tables().url(),
                        postgres.tables().user(),
                        postgres.tables().password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from runs where finished_at is null")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether none of the service's containers is left. */
    boolean isDeserted() throws IOException {
        for (Observer observer : observers) {
            if (!observer.inhabitants().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    History history(List<Exchange> exchanges, Map<UUID, Truth> truths, List<Outage> stops) throws Exception {
        List<EngineEvent> events = new ArrayList<>();
        List<Census> censuses = new ArrayList<>();
        for (Observer observer : observers) {
            events.addAll(observer.events());
            censuses.addAll(observer.censuses());
        }
        events.sort(Comparator.comparing(EngineEvent::at));
        censuses.sort(Comparator.comparing(Census::at));
        List<Sample> samples = observers.get(0).samples();
        Vitals end = observers.get(0).vitals(services.get(0).pid());
        return new History(
                new History.Limits(Scene.SLOTS, tasks),
                exchanges,
                samples,
                List.copyOf(events),
                List.copyOf(censuses),
                new Readings(observers.get(0), new RecordingClient())
                        .of(
                                samples.get(samples.size() - 1).runs(),
                                services.get(0).url().orElseThrow()),
                truths,
                stops,
                List.of(),
                List.of(),
                end,
                end);
    }

    @Override
    public void close() throws IOException, SQLException {
        synchronized (this) {
            closed = true;
        }
        try {
            for (Observer observer : observers) {
                observer.stop();
            }
            for (Service service : services) {
                service.kill();
            }
            for (Engine engine : engines) {
                Leftovers.remove(new DockerSocket(engine.socket()), name);
                engine.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            postgres.close();
        }
    }
}
