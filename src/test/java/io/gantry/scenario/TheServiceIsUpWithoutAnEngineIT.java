package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TheServiceIsUpWithoutAnEngineIT {

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().dockerHost("unix:///nowhere/docker.sock"));

    private final GantryClient client = gantry.client();

    @Test
    void tasks_are_accepted_and_wait_and_the_admin_port_says_what_is_wrong() throws Exception {
        String task = client.create(aTask());

        assertThat(client.task(task)).hasAttribute("status", "queued");
        HttpResponse<String> health = admin("/healthcheck");
        assertThat(health.statusCode()).isEqualTo(500);
        assertThat(health.body()).contains("/nowhere/docker.sock");
        HttpResponse<String> ready = admin("/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("/nowhere/docker.sock");
        assertThat(client.delete("/tasks/" + task)).hasStatus(204);
    }

    private static HttpResponse<String> admin(String path) throws Exception {
        URI uri = gantry.adminUrl().resolve(path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
