package io.gantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.testing.ConfigOverride;
import io.gantry.api.Api.Answer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AWaitOutlastsTheIdleTimeOfAConnectionIT {

    @RegisterExtension
    static final Api api = new Api(ConfigOverride.config("server.applicationConnectors[0].idleTimeout", "2s"));

    @Test
    void and_ends_when_its_own_time_is_up() throws Exception {
        Answer answer = api.sendAsync(
                        "POST",
                        "/tasks",
                        "{'data': {'attributes': {'title': 'T', 'image': 'busybox', 'command': 'true'}}}",
                        "Prefer",
                        "wait=5")
                .get(30, TimeUnit.SECONDS);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=5");
        assertThat(answer.text("/data/attributes/status")).isEqualTo("queued");
    }
}
