package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionConfigurationTest {

    @ParameterizedTest
    @ValueSource(strings = {"CHOWN", "NET_RAW", "ALL"})
    void takes_a_capability_that_there_is(String capability) throws Exception {
        assertThat(isValid(capability)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_A_CAPABILITY", "CAP_CHOWN", "chown", ""})
    void refuses_a_capability_that_there_is_not(String capability) throws Exception {
        assertThat(isValid(capability)).isFalse();
    }

    private static boolean isValid(String capability) throws JsonProcessingException {
        ExecutionConfiguration configuration = Jackson.newObjectMapper()
                .readValue("{\"capabilities\": [\"" + capability + "\"]}", ExecutionConfiguration.class);
        return Validators.newValidator().validate(configuration).isEmpty();
    }
}
