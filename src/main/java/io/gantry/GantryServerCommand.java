package io.gantry;

import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code server}, which says in one line why it doesn't start. */
final class GantryServerCommand extends ServerCommand<GantryConfiguration> {

    GantryServerCommand(Application<GantryConfiguration> application) {
        super(application);
    }

    @Override
    public void onError(Cli cli, Namespace namespace, Throwable failure) {
        StartFailure.print(cli.getStdErr(), failure);
    }
}
