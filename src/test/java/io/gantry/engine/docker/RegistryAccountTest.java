package io.gantry.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.YamlConfigurationFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.gantry.engine.ImageReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryAccountTest {

    private static DockerConfiguration read(String yaml) throws IOException, ConfigurationException {
        return new YamlConfigurationFactory<>(
                        DockerConfiguration.class, Validators.newValidator(), Jackson.newObjectMapper(), "dw")
                .build(path -> new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "config.yml");
    }

    private static String account(String registry) {
        return "{registry: '" + registry + "', user: ann, password: s3cret}";
    }

    private static JsonNode sent(RegistryAccount account) throws IOException {
        return new JsonMapper().readTree(Base64.getUrlDecoder().decode(account.header()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ghcr.io", "registry.lan:5000", "docker.io", "localhost"})
    void is_configured_by_the_host_in_an_images_name(String registry) throws Exception {
        assertThat(read("registries: [" + account(registry) + "]").registries())
                .containsExactly(new RegistryAccount(registry, "ann", "s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ghcr.io", "ghcr.io/", "ghcr.io/team", "team", "index.docker.io", ""})
    void of_something_else_is_refused_without_telling_the_password(String registry) {
        assertRefused("registries: [" + account(registry) + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{registry: ghcr.io, user: ann}", "{registry: ghcr.io, password: s3cret}"})
    void without_a_part_is_refused(String account) {
        assertRefused("registries: [" + account + "]");
    }

    @Test
    void twice_for_one_registry_is_refused() {
        assertRefused("registries: [" + account("ghcr.io") + ", " + account("ghcr.io") + "]");
    }

    private static void assertRefused(String yaml) {
        Assertions.assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("registr")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void does_not_show_its_password() throws Exception {
        assertThat(read("registries: [" + account("ghcr.io") + "]"))
                .asString()
                .contains("ann at ghcr.io")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io, ghcr.io/team/tool:1, true",
        "ghcr.io, ghcr.io.example.com/team/tool:1, false",
        "ghcr.io, ghcr.io:5000/team/tool:1, false",
        "ghcr.io, busybox, false",
        "docker.io, busybox, true",
        "docker.io, index.docker.io/library/busybox, true",
        "docker.io, docker.io/team/tool, true",
        "docker.io, localhost/busybox, false"
    })
    void is_for_its_own_registry(String registry, String image, boolean its) {
        assertThat(new RegistryAccount(registry, "ann", "s3cret").isFor(new ImageReference(image)))
                .isEqualTo(its);
    }

    @Test
    void is_sent_as_docker_wants_it() throws IOException {
        JsonNode sent = sent(new RegistryAccount("registry.lan:5000", "ann", "a\"b\\c>>>???é"));

        assertThat(sent.path("username").asText()).isEqualTo("ann");
        assertThat(sent.path("password").asText()).isEqualTo("a\"b\\c>>>???é");
        assertThat(sent.path("serveraddress").asText()).isEqualTo("registry.lan:5000");
    }

    @Test
    void of_docker_hub_names_its_old_address() throws IOException {
        assertThat(sent(new RegistryAccount("docker.io", "ann", "s3cret"))
                        .path("serveraddress")
                        .asText())
                .isEqualTo("https://index.docker.io/v1/");
    }
}
