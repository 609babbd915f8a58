package io.gantry.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.chaos.observer.Census.Inhabitant;
import io.gantry.chaos.observer.DockerSocket;
import io.gantry.chaos.observer.EngineEvent;
import io.gantry.chaos.observer.Observer;
import io.gantry.chaos.observer.TableAccess;
import io.gantry.database.DataFolders;
import io.gantry.database.DatabaseAddress;
import io.gantry.database.DatabaseConfiguration;
import io.gantry.database.DatabaseServer;
import io.gantry.engine.docker.TestRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What all trials of a campaign share: a Postgres that survives, an engine, a registry, strangers, and the service. */
final class Scene implements AutoCloseable {

    static final int SLOTS = 2;

    private static final Path SOCKET = Path.of("/var/run/docker.sock");
    private static final String RARE = "chaos/tool:1";
    private static final Duration MIGRATION = Duration.ofMinutes(2);

    private final String node = "chaos-" + UUID.randomUUID();
    private final DockerSocket docker = new DockerSocket(SOCKET);
    private final TestRegistry registry = TestRegistry.start();
    private final DatabaseServer postgres;
    private final TableAccess tables;
    private final Program program;
    private final List<String> strangers = new ArrayList<>();
    private final List<Service> lives = new ArrayList<>();
    private volatile Optional<Service> service = Optional.empty();

    /** @param folder for data and for what is printed; what the last campaign left there is used again */
    Scene(Path folder) throws IOException {
        Path absolute = Files.createDirectories(folder).toAbsolutePath();
        this.postgres = DatabaseServer.own(DatabaseConfiguration.embedded(), DataFolders.of(absolute, "data"));
        DatabaseAddress address = postgres.address();
        this.tables = new TableAccess(address.url(), address.user(), address.password());
        this.program = new Program(node, tables, absolute);
        registry.has("chaos/tool", "1");
    }

    /** A service on an empty database, and two containers that are none of its business. */
    void open() throws IOException, SQLException, InterruptedException {
        emptyDatabase();
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
        return new Observer.Subject(SOCKET, tables, node, List.copyOf(strangers));
    }

    Service service() {
        return service.orElseThrow();
    }

    /** Where clients find the service, if it is there. */
    Optional<URI> url() {
        return service.flatMap(Service::url);
    }

    /** The one that was there at the last {@link #forgetLives}, and all that were started since. */
    List<Service> lives() {
        return List.copyOf(lives);
    }

    void forgetLives() {
        lives.clear();
        lives.add(service());
    }

    /** Returns at once. */
    Service startService(Optional<String> script) throws IOException {
        Service started = Service.start(program, script);
        lives.add(started);
        service = Optional.of(started);
        return started;
    }

    /** Throws away all that is stored, tables included. */
    void emptyDatabase() throws SQLException {
        try (Connection connection = DriverManager.getConnection(tables.url(), tables.user(), tables.password());
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema public cascade; create schema public");
        }
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
        service().kill();
        for (JsonNode container : docker.get("/containers/json?all=1")) {
            if (container.path("Labels").path(EngineEvent.NODE).asText().equals(node)) {
                remove(container.path("Id").asText());
            }
        }
        emptyDatabase();
        migrate();
        startService(Optional.empty()).awaitReady();
    }

    void remove(List<Inhabitant> containers) throws IOException {
        for (Inhabitant container : containers) {
            remove(container.id());
        }
    }

    private void remove(String container) throws IOException {
        docker.call("DELETE", "/containers/" + container + "?force=1&v=1", "");
    }

    @Override
    public void close() {
        try {
            if (service.isPresent()) {
                service.get().kill();
            }
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
