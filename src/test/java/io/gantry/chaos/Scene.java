package io.gantry.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.chaos.observer.DockerSocket;
import io.gantry.chaos.observer.EngineEvent;
import io.gantry.chaos.observer.EngineOutage;
import io.gantry.chaos.observer.EngineOutage.Effect;
import io.gantry.chaos.observer.Observer;
import io.gantry.chaos.observer.Outage;
import io.gantry.engine.docker.TestRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What all trials of a campaign share: a Postgres that survives, an engine, a registry, strangers, and the service. */
final class Scene implements AutoCloseable {

    static final int SLOTS = 2;

    private static final String RARE = "chaos/tool:1";
    private static final Duration MIGRATION = Duration.ofMinutes(2);

    private final String node = "chaos-" + UUID.randomUUID();
    private final Setting setting;
    private final DockerSocket docker;
    private final TestRegistry registry = TestRegistry.start();
    private final Postgres postgres;
    private final Program program;
    private final List<String> strangers = new ArrayList<>();
    private final List<Service> lives = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();
    private final List<EngineOutage> engineOutages = new ArrayList<>();
    private final List<Duration> returns = new ArrayList<>();
    private int nodes;
    private boolean closed;
    private volatile Optional<Service> service = Optional.empty();

    /** @param folder for data and for what is printed; what the last campaign left there is used again */
    Scene(Path folder, Setting setting) throws IOException {
        this.setting = setting;
        this.docker = new DockerSocket(setting.engine().socket());
        Path absolute = Files.createDirectories(folder).toAbsolutePath();
        this.postgres = new Postgres(setting.disk().map(SmallDisk::folder).orElse(absolute));
        this.program = new Program(postgres.tables(), setting, absolute, Plan.TASKS);
        registry.has("chaos/tool", "1");
    }

    /** A service on an empty database, and two containers that are none of its business. */
    void open() throws IOException, SQLException, InterruptedException {
        postgres.empty();
        migrate();
        strangers.add(stranger("{}"));
        strangers.add(stranger("{\"io.gantry.installation\":\"%s\",\"%s\":\"%s\"}"
                .formatted(UUID.randomUUID(), EngineEvent.RUN, UUID.randomUUID())));
        startService(Optional.empty()).awaitReady();
    }

    private String stranger(String labels) throws IOException {
        String body = "{\"Image\":\"busybox\",\"Cmd\":[\"true\"],\"Labels\":" + labels + "}";
        String name = "gantry-" + UUID.randomUUID();
        return docker.call("POST", "/containers/create?name=" + name, body)
                .path("Id")
                .asText();
    }

    Observer.Subject subject() {
        return new Observer.Subject(setting.engine().socket(), postgres.tables(), node, List.copyOf(strangers));
    }

    Service service() {
        return service.orElseThrow();
    }

    /** Where clients find the service, if it is there. */
    Optional<URI> url() {
        return service.flatMap(Service::url);
    }

    /** The one that was there when the trial began, and all that were started since. */
    List<Service> lives() {
        return List.copyOf(lives);
    }

    /** A new trial. */
    void begin() {
        outages.clear();
        engineOutages.clear();
        returns.clear();
        lives.clear();
        lives.add(service());
    }

    /** Returns at once. */
    Service startService(Optional<String> script) throws IOException {
        return start(node, script);
    }

    private synchronized Service start(String name, Optional<String> script) throws IOException {
        if (closed) {
            throw new IllegalStateException("all is over");
        }
        Service started = Service.start(program, name, script);
        lives.add(started);
        service = Optional.of(started);
        return started;
    }

    /** A second node beside the first, which is from now on the one that clients ask. Returns at once. */
    Service startAnotherNode() throws IOException {
        return start(node + "-" + ++nodes, Optional.empty());
    }

    Postgres postgres() {
        return postgres;
    }

    /** Waits until the service is ready again, and notes that the database was away until now. */
    void awaitReturn(Instant away, Instant back) {
        service().awaitReady();
        outages.add(new Outage(away, Instant.now()));
        returns.add(Duration.between(back, Instant.now()));
    }

    /** Notes that the service was told to stop, so that it may have told clients to come again later, until now. */
    void noteStop(Instant from) {
        outages.add(new Outage(from, Instant.now()));
    }

    /** The same of the engine. */
    void awaitEngine(Effect effect, Instant away, Instant back) {
        service().awaitReady();
        engineOutages.add(new EngineOutage(new Outage(away, Instant.now()), effect));
        returns.add(Duration.between(back, Instant.now()));
    }

    List<EngineOutage> engineOutages() {
        return List.copyOf(engineOutages);
    }

    /** How long it took the service each time to be ready after what was away was there again. */
    List<Duration> returns() {
        return List.copyOf(returns);
    }

    List<Outage> outages() {
        return List.copyOf(outages);
    }

    void migrate() throws IOException, InterruptedException {
        Program.Call call = startMigration(Optional.empty());
        if (!call.process().waitFor(MIGRATION.toSeconds(), TimeUnit.SECONDS)
                || call.process().exitValue() != 0) {
            throw new IllegalStateException("the migration failed: " + Files.readString(call.output()));
        }
    }

    /** Returns at once. */
    Program.Call startMigration(Optional<String> script) throws IOException {
        return program.migrate(script);
    }

    /** An image that the engine doesn't have, and can get. */
    String rareImage() throws IOException {
        for (JsonNode image : docker.get("/images/json")) {
            for (JsonNode tag : image.path("RepoTags")) {
                if (tag.asText().endsWith("/" + RARE)) {
                    docker.call("DELETE", "/images/" + tag.asText() + "?force=1", "");
                }
            }
        }
        return registry.image(RARE);
    }

    /** After a trial that went wrong: nothing of it is left, and the service starts afresh. */
    void restore() throws IOException, SQLException, InterruptedException {
        killAndRemove();
        postgres.empty();
        migrate();
        startService(Optional.empty()).awaitReady();
    }

    private void killAndRemove() throws IOException, InterruptedException {
        for (Service life : lives) {
            life.kill();
        }
        Leftovers.remove(docker, node);
    }

    private void remove(String container) throws IOException {
        docker.call("DELETE", "/containers/" + container + "?force=1&v=1", "");
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        try {
            killAndRemove();
            for (String stranger : strangers) {
                remove(stranger);
            }
            rareImage();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            registry.close();
            postgres.close();
        }
    }
}
