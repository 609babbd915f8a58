package io.gantry.scenario;

import io.dropwizard.testing.DropwizardTestSupport;
import io.gantry.GantryApplication;
import io.gantry.GantryConfiguration;
import io.gantry.contract.OpenApiContract;
import io.gantry.database.TestDatabase;
import java.net.URI;
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

    private GantryExtension(GantrySettings settings) {
        this.settings = settings;
    }

    public static GantryExtension started() {
        return with(GantrySettings.aGantry());
    }

    public static GantryExtension with(GantrySettings settings) {
        return new GantryExtension(settings);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        contract = Optional.of(Contracts.of(context));
        database.beforeAll(context);
        settings.database(database.url(), database.user(), database.password());
        DropwizardTestSupport<GantryConfiguration> support = new DropwizardTestSupport<>(
                GantryApplication.class, ConfigFile.PATH.toString(), new ConfigFile(settings));
        support.before();
        service = Optional.of(support);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        service.ifPresent(DropwizardTestSupport::after);
        DockerCommand.removeContainersOfNode(settings.node());
        database.afterAll(context);
    }

    public GantryClient client() {
        return new GantryClient(this::url, contract.orElseThrow());
    }

    /** For requests that no client would send. */
    public RawHttp raw() {
        return new RawHttp(url(), contract.orElseThrow());
    }

    /** Where tests look behind the service's back. */
    public TestDatabase database() {
        return database;
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
}
