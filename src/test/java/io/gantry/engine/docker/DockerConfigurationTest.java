package io.gantry.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.util.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerConfigurationTest {

    private static DockerConfiguration read(String json) throws JsonProcessingException {
        return Jackson.newObjectMapper().readValue(json, DockerConfiguration.class);
    }

    @Test
    void everything_has_a_default() throws JsonProcessingException {
        assertThat(read("{}"))
                .isEqualTo(new DockerConfiguration(
                        "",
                        Duration.seconds(10),
                        Duration.seconds(60),
                        Duration.minutes(30),
                        Duration.minutes(2),
                        List.of()));
    }

    @Test
    void what_is_said_counts() throws JsonProcessingException {
        assertThat(read("{\"host\":\"unix:///x.sock\",\"callTimeout\":\"3s\"}"))
                .satisfies(configuration -> assertThat(configuration.host()).isEqualTo("unix:///x.sock"))
                .satisfies(
                        configuration -> assertThat(configuration.callTimeout()).isEqualTo(Duration.seconds(3)));
    }
}
