package io.gantry.scenario;

import static io.gantry.scenario.GantrySettings.aGantry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SlowBodiesHoldNoThreadsIT {

    private static final int THREADS = 20;

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(aGantry().with("server.maxThreads", Integer.toString(THREADS)));

    @Test
    void more_of_them_than_threads_keep_nobody_out() throws IOException {
        List<SlowClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * THREADS; i++) {
                SlowClient client = SlowClient.at(gantry.url());
                clients.add(client);
                client.send("POST /tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 2\r\n\r\n{");
            }
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThat(gantry.client().get("/tasks").status()).isEqualTo(200));
            for (SlowClient client : clients) {
                client.send("}");
                assertThat(client.readHead()).startsWith("HTTP/1.1 400");
            }
        } finally {
            for (SlowClient client : clients) {
                client.close();
            }
        }
    }
}
