package io.gantry.scenario;

import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import io.gantry.GantryApplication;
import io.gantry.GantryConfiguration;
import io.gantry.access.token.TokenDesk;
import io.gantry.access.token.TokenStore;
import io.gantry.contract.Exchange;
import io.gantry.contract.OpenApiContract;
import io.gantry.database.TestDatabase;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The whole service inside of the test's JVM, for one test class, with a database of its own. */
public final class GantryExtension implements BeforeAllCallback, AfterAllCallback {

    private final GantrySettings settings;
    private final TestDatabase database = TestDatabase.migrated();
    private Optional<DropwizardTestSupport<GantryConfiguration>> service = Optional.empty();
    private Optional<OpenApiContract> contract = Optional.empty();
    private String startedFor = "";

    private GantryExtension(GantrySettings settings) {
        this.settings = settings;
    }

    public static GantryExtension started() {
        return with(GantrySettings.aGantry());
    }

    public static GantryExtension with(GantrySettings settings) {
        return new GantryExtension(settings);
    }

    /** Nested classes come here too, and use what their outer class started. */
    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (service.isPresent()) {
            return;
        }
        startedFor = context.getUniqueId();
        contract = Optional.of(Contracts.of(context));
        database.beforeAll(context);
        settings.database(database.url(), database.user(), database.password());
        String prefix = settings.node();
        ConfigOverride[] overrides = settings.overrides().entrySet().stream()
                .map(override -> ConfigOverride.config(prefix, override.getKey(), override.getValue()))
                .toArray(ConfigOverride[]::new);
        DropwizardTestSupport<GantryConfiguration> support = new DropwizardTestSupport<>(
                GantryApplication.class, ConfigFile.PATH.toString(), new ConfigFile(settings), prefix, overrides);
        support.before();
        service = Optional.of(support);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!context.getUniqueId().equals(startedFor)) {
            return;
        }
        service.ifPresent(DropwizardTestSupport::after);
        DockerCommand.removeContainersOfNode(settings.node());
        database.afterAll(context);
    }

    /** May be had before the service is started. */
    public GantryClient client() {
        return new GantryClient(this::url, this::check);
    }

    /** For requests that no client would send. */
    public RawHttp raw() {
        return new RawHttp(url(), this::check);
    }

    /** Where tests look behind the service's back. */
    public TestDatabase database() {
        return database;
    }

    /** A new token, made behind the service's back, as the command line does. */
    public String token(String role, String owner) {
        return new TokenDesk(new TokenStore(database.database()), InstantSource.system())
                .create(Optional.of("for a test"), Optional.of(role), Optional.of(owner), Optional.empty());
    }

    public String node() {
        return settings.node();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + service.orElseThrow().getLocalPort());
    }

    public URI adminUrl() {
        return URI.create("http://127.0.0.1:" + service.orElseThrow().getAdminPort());
    }

    /** What its admin port says to a GET. */
    public Answer admin(String path) {
        return AdminClient.get(adminUrl().resolve(path));
    }

    private void check(Exchange exchange) {
        contract.orElseThrow().check(exchange);
    }
}
