package io.gantry;

import io.dropwizard.configuration.ConfigurationSourceProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Reads the configuration and remembers from where, since relative paths in it start from its folder. */
final class ConfigurationFile implements ConfigurationSourceProvider {

    private final ConfigurationSourceProvider provider;
    private volatile Path path = Path.of("config.yml");

    ConfigurationFile(ConfigurationSourceProvider provider) {
        this.provider = provider;
    }

    @Override
    public InputStream open(String file) throws IOException {
        path = Path.of(file);
        return provider.open(file);
    }

    /** As it was given. */
    Path path() {
        return path;
    }

    Path folder() {
        return path.toAbsolutePath().normalize().resolveSibling("");
    }
}
