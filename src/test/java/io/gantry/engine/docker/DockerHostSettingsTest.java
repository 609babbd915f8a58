package io.gantry.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerHostSettingsTest {

    /** SHA-256 of {@code lab}, as Docker names the folder of that context. */
    private static final String LAB = "a51146d38077ff992eba84cf1d5e9b249073503eb74868699016153b031a38f7";

    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>();

    private DockerHost find(String configured) {
        return new DockerHostSettings(environment, home).find(configured);
    }

    private void write(String file, String content) throws IOException {
        Path path = home.resolve(".docker").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private void haveContext(String host) throws IOException {
        write("config.json", "{\"currentContext\":\"lab\"}");
        write(
                "contexts/meta/" + LAB + "/meta.json",
                "{\"Name\":\"lab\",\"Endpoints\":{\"docker\":{\"Host\":\"" + host + "\"}}}");
    }

    @Nested
    class Order {

        @Test
        void the_usual_socket_comes_last() {
            assertThat(find("")).hasToString("unix:///var/run/docker.sock");
        }

        @Test
        void the_current_context_comes_before_it() throws IOException {
            haveContext("unix:///lab.sock");

            assertThat(find("")).hasToString("unix:///lab.sock");
        }

        @Test
        void a_context_named_in_the_environment_comes_before_the_current_one() throws IOException {
            haveContext("unix:///lab.sock");
            environment.put("DOCKER_CONTEXT", "default");

            assertThat(find("")).hasToString("unix:///var/run/docker.sock");
        }

        @Test
        void a_host_in_the_environment_comes_before_any_context() throws IOException {
            haveContext("unix:///lab.sock");
            environment.put("DOCKER_HOST", "unix:///env.sock");

            assertThat(find("")).hasToString("unix:///env.sock");
        }

        @Test
        void our_own_configuration_comes_first() {
            environment.put("DOCKER_HOST", "unix:///env.sock");

            assertThat(find(" unix:///own.sock ")).hasToString("unix:///own.sock");
        }

        @Test
        void docker_config_moves_the_folder() throws IOException {
            haveContext("unix:///lab.sock");
            environment.put("DOCKER_CONFIG", home.resolve("elsewhere").toString());

            assertThat(find("")).hasToString("unix:///var/run/docker.sock");
        }
    }

    @Test
    void a_context_that_does_not_exist_is_refused() throws IOException {
        write("config.json", "{\"currentContext\":\"gone\"}");

        assertThatThrownBy(() -> find(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gone");
    }

    @Test
    void a_context_brings_its_certificates() throws IOException {
        haveContext("tcp://engine.example:2376");
        write("contexts/tls/" + LAB + "/docker/ca.pem", "");

        assertThat(find("").certificates()).contains(home.resolve(".docker/contexts/tls/" + LAB + "/docker"));
    }

    @Nested
    class Tcp {

        @Test
        void with_tls_is_allowed() {
            environment.put("DOCKER_TLS_VERIFY", "1");
            environment.put("DOCKER_CERT_PATH", "/certs");

            assertThat(find("tcp://engine.example:2376").certificates()).contains(Path.of("/certs"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"tcp://127.0.0.1:2375", "tcp://localhost:2375", "tcp://[::1]:2375"})
        void without_tls_stays_on_this_machine(String host) {
            assertThat(find(host)).hasToString(host);
        }

        @ParameterizedTest
        @ValueSource(strings = {"tcp://engine.example:2375", "tcp://10.0.0.1:2375", "tcp://127.0.0.1.example:2375"})
        void without_tls_to_other_machines_is_refused(String host) {
            assertThatThrownBy(() -> find(host))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("TLS");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/var/run/docker.sock",
                "docker.sock",
                "unix://",
                "ssh://me@engine.example",
                "http://127.0.0.1:2375",
                "npipe:////./pipe/docker_engine",
                "tcp://127.0.0.1",
                "tcp://",
                "a b",
            })
    void other_hosts_are_refused_with_a_reason(String host) {
        assertThatThrownBy(() -> find(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(host);
    }
}
