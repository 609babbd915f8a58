package io.gantry;

import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ConfiguredCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.util.Duration;
import io.gantry.access.Role;
import io.gantry.access.token.TokenDesk;
import io.gantry.database.DataFolders;
import io.gantry.database.Database;
import io.gantry.database.DatabaseServer;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code token create}, {@code list} and {@code revoke}, on the configured database, with or without a running service. */
final class TokenCommand extends ConfiguredCommand<GantryConfiguration> {

    private static final String ACTION = "action";

    private final Supplier<ConfigurationFile> file;

    TokenCommand(Supplier<ConfigurationFile> file) {
        super("token", "Creates, lists and revokes API tokens");
        this.file = file;
    }

    @Override
    protected Class<GantryConfiguration> getConfigurationClass() {
        return GantryConfiguration.class;
    }

    @Override
    public void configure(Subparser subparser) {
        subparser.addArgument(ACTION).choices("create", "list", "revoke").help("what to do");
        super.configure(subparser);
        subparser.addArgument("--title").help("create: what the token is for");
        subparser
                .addArgument("--role")
                .choices(Stream.of(Role.values()).map(Role::word).toList())
                .help("create: what its bearer may do");
        subparser.addArgument("--owner").help("create: whose tasks those are that are created with it; else its title");
        subparser.addArgument("--expires-in").help("create: for how long it is valid, such as 90d; else for ever");
        subparser.addArgument("--id").help("revoke: the token's id, as list shows it");
    }

    @Override
    protected void run(Bootstrap<GantryConfiguration> bootstrap, Namespace arguments, GantryConfiguration configuration)
            throws Exception {
        try (DatabaseServer server = DatabaseServer.ownOrJoin(
                configuration.database(), DataFolders.of(file.get().folder(), configuration.dataDir()))) {
            server.requireSchema("java -jar gantry.jar db migrate " + file.get().path());
            ManagedDataSource pool = server.pool(bootstrap.getMetricRegistry());
            pool.start();
            try {
                work(Services.tokenDesk(new Database(pool)), arguments);
            } finally {
                pool.stop();
            }
        }
    }

    private static void work(TokenDesk desk, Namespace arguments) {
        switch (arguments.getString(ACTION)) {
            case "create" ->
                System.out.println(desk.create(
                        argument(arguments, "title"),
                        argument(arguments, "role"),
                        argument(arguments, "owner"),
                        argument(arguments, "expires_in")
                                .map(text -> Duration.parse(text).toJavaDuration())));
            case "revoke" -> System.out.println(desk.revoke(argument(arguments, "id")));
            default -> desk.list().forEach(System.out::println);
        }
    }

    private static Optional<String> argument(Namespace arguments, String name) {
        return Optional.ofNullable(arguments.getString(name));
    }

    @Override
    public void onError(Cli cli, Namespace namespace, Throwable failure) {
        StartFailure.print(cli.getStdErr(), failure);
    }
}
