package io.gantry.scenario;

import io.dropwizard.configuration.ConfigurationSourceProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The project's {@code config.yml} with settings in place of the environment, which a JVM can't change for itself. */
final class ConfigFile implements ConfigurationSourceProvider {

    static final Path PATH = Path.of("config.yml");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}");

    private final GantrySettings settings;

    ConfigFile(GantrySettings settings) {
        this.settings = settings;
    }

    @Override
    public InputStream open(String path) throws IOException {
        String text = Files.readString(Path.of(path));
        String whole = filled(text).replace("registries: []", "registries: " + settings.accounts());
        return new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8));
    }

    private String filled(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(variable -> Matcher.quoteReplacement(
                        settings.environment().getOrDefault(variable.group(1), variable.group(2))));
    }
}
