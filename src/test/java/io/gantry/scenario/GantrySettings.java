package io.gantry.scenario;

import io.gantry.database.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The settings of a service under test; those not given here are as in {@code config.yml}. */
public final class GantrySettings {

    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<String, String> overrides = new LinkedHashMap<>();
    private final List<String> accounts = new ArrayList<>();

    private GantrySettings() {
        set("GANTRY_HTTP_PORT", "0");
        set("GANTRY_ADMIN_PORT", "0");
        node("test-" + UUID.randomUUID());
        dataDir(Path.of("target", "scenario", node()).toAbsolutePath());
    }

    /** With free ports, a node name and a data folder of its own. */
    public static GantrySettings aGantry() {
        return new GantrySettings();
    }

    public GantrySettings maxTasks(int limit) {
        return set("GANTRY_MAX_TASKS", Integer.toString(limit));
    }

    public GantrySettings maxRunning(int limit) {
        return set("GANTRY_MAX_RUNNING", Integer.toString(limit));
    }

    /** As {@code 1MiB}. */
    public GantrySettings logLimit(String size) {
        return set("GANTRY_LOG_LIMIT", size);
    }

    public GantrySettings dockerHost(String url) {
        return set("GANTRY_DOCKER_HOST", url);
    }

    /** Everybody must say who he is. */
    public GantrySettings authenticated() {
        return set("GANTRY_AUTHENTICATION", "required");
    }

    /** Whose tokens are taken besides the service's own. */
    public GantrySettings issuer(String url, String audience) {
        set("GANTRY_OIDC_ISSUER", url);
        return set("GANTRY_OIDC_AUDIENCE", audience);
    }

    /** Requests a minute of one caller. */
    public GantrySettings rateLimit(int perMinute) {
        return set("GANTRY_RATE_LIMIT", Integer.toString(perMinute));
    }

    /** How long a run waits for its node, as {@code 10m}. */
    public GantrySettings ownerReturn(String duration) {
        return set("GANTRY_OWNER_RETURN", duration);
    }

    /** A key of {@code config.yml} that no variable stands for; the elements of a list are separated by commas. */
    public GantrySettings with(String key, String value) {
        overrides.put(key, value);
        return this;
    }

    /** An account at a registry. Only for a service inside of the test's JVM. */
    public GantrySettings account(String registry, String user, String password) {
        accounts.add("{registry: '%s', user: '%s', password: '%s'}".formatted(registry, user, password));
        return this;
    }

    /** As a value in YAML. */
    String accounts() {
        return accounts.toString();
    }

    /** An engine of the test's own, which has no bridge. */
    public GantrySettings engine(PrivateDockerd engine) {
        overrides.put("execution.network", "none");
        return dockerHost(engine.host());
    }

    /** Only where two processes shall be the same node, or a name matters. */
    public GantrySettings node(String name) {
        return set("GANTRY_NODE", name);
    }

    /** An external Postgres; without it the service starts one under its data folder. */
    public GantrySettings database(String url, String user, String password) {
        set("GANTRY_DATABASE_URL", url);
        set("GANTRY_DATABASE_USER", user);
        return set("GANTRY_DATABASE_PASSWORD", password);
    }

    public GantrySettings dataDir(Path folder) {
        return set("GANTRY_DATA_DIR", folder.toString());
    }

    /** The same one for several processes. */
    public GantrySettings database(TestDatabase database) {
        return database(database.url(), database.user(), database.password());
    }

    /** The same over a link that can be cut. */
    GantrySettings database(TestDatabase database, Link link) {
        return database(link.urlOf(database), database.user(), database.password());
    }

    boolean hasDatabase() {
        return environment.containsKey("GANTRY_DATABASE_URL");
    }

    String node() {
        return get("GANTRY_NODE");
    }

    Path dataDir() {
        return Path.of(get("GANTRY_DATA_DIR"));
    }

    /** As the environment of a process. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Keys of {@code config.yml} that no variable stands for. */
    Map<String, String> overrides() {
        return Map.copyOf(overrides);
    }

    private String get(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " isn't set");
        }
        return value;
    }

    private GantrySettings set(String name, String value) {
        environment.put(name, value);
        return this;
    }
}
