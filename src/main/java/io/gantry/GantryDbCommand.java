package io.gantry;

import io.dropwizard.core.cli.Cli;
import io.dropwizard.migrations.DbCommand;
import io.gantry.database.DataFolders;
import io.gantry.database.MigrationDataSourceFactory;
import io.gantry.database.Migrations;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code db migrate}, {@code db status} and so on, on the configured database, be it embedded or external. */
final class GantryDbCommand extends DbCommand<GantryConfiguration> {

    GantryDbCommand(ConfigurationFile file) {
        super(
                "db",
                configuration -> new MigrationDataSourceFactory(
                        configuration.database(), DataFolders.of(file.folder(), configuration.dataDir())),
                GantryConfiguration.class,
                Migrations.CHANGELOG);
    }

    @Override
    public void onError(Cli cli, Namespace namespace, Throwable failure) {
        StartFailure.print(cli.getStdErr(), failure);
    }
}
