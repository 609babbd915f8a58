package io.gantry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.text.StringSubstitutor;
import org.junit.jupiter.api.Test;

/** {@code config.yml} is the documentation of all settings, so it must be complete and its defaults the real ones. */
final class ConfigurationFileTest {

    private static final String FILE = "config.yml";

    private final ObjectMapper mapper = Jackson.newObjectMapper();

    @Test
    void it_lists_every_key() throws IOException {
        assertThat(keys(written())).isEqualTo(keys(own(new GantryConfiguration())));
    }

    @Test
    void its_defaults_are_those_of_an_empty_file() throws Exception {
        assertThat(own(load())).isEqualTo(own(new GantryConfiguration()));
    }

    @Test
    void the_fixed_names_can_be_set_from_outside() throws IOException {
        assertThat(Files.readString(Path.of(FILE)))
                .contains(List.of(
                        "${GANTRY_HTTP_PORT:-5000}",
                        "${GANTRY_ADMIN_PORT:-5001}",
                        "${GANTRY_DATABASE_URL:-embedded:}",
                        "${GANTRY_DATABASE_USER:-}",
                        "${GANTRY_DATABASE_PASSWORD:-}",
                        "${GANTRY_DATA_DIR:-data}",
                        "${GANTRY_DOCKER_HOST:-}",
                        "${GANTRY_NODE:-}",
                        "${GANTRY_MAX_TASKS:-100}",
                        "${GANTRY_MAX_RUNNING:-2}",
                        "${GANTRY_OWNER_RETURN:-}",
                        "${GANTRY_LOG_LIMIT:-64MiB}"));
    }

    private GantryConfiguration load() throws Exception {
        return new YamlConfigurationFactory<>(GantryConfiguration.class, Validators.newValidator(), mapper, "dw")
                .build(
                        new SubstitutingSourceProvider(
                                new FileConfigurationSourceProvider(), new StringSubstitutor(name -> null)),
                        FILE);
    }

    private JsonNode written() throws IOException {
        ObjectNode file = (ObjectNode)
                new ObjectMapper(new YAMLFactory()).readTree(Path.of(FILE).toFile());
        return file.without(List.of("server", "logging"));
    }

    /** Without Dropwizard's own settings, of which the file has only those that differ from its defaults. */
    private JsonNode own(GantryConfiguration configuration) {
        return mapper.<ObjectNode>valueToTree(configuration)
                .without(List.of("server", "logging", "metrics", "admin", "health"));
    }

    private static Set<String> keys(JsonNode node) {
        Set<String> keys = new TreeSet<>();
        node.properties().forEach(feature -> {
            keys.add(feature.getKey());
            feature.getValue().fieldNames().forEachRemaining(key -> keys.add(feature.getKey() + "." + key));
        });
        return keys;
    }
}
