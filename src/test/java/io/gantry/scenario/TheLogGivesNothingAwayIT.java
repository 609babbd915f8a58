package io.gantry.scenario;

import static io.gantry.scenario.GantrySettings.aGantry;
import static io.gantry.scenario.TaskBuilder.aTask;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.database.TestDatabase;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TheLogGivesNothingAwayIT {

    private static final String MARKER = "only-the-container-may-know-7d1f";
    /** Jetty quotes both of these; byte 9B is a terminal's command in one character. */
    private static final String TWO_HOSTS = "GET / HTTP/1.1\r\nHost: quoted\u009b31m\r\nHost: b\r\n\r\n";

    @RegisterExtension
    static final TestDatabase database = TestDatabase.migrated();

    private final GantrySettings settings = aGantry().with("logging.loggers.io\\.gantry", "DEBUG");

    @RegisterExtension
    final GantryProcess gantry = GantryProcess.with(settings);

    private void start() {
        settings.database(database);
        gantry.start();
    }

    private void runWithSecrets() {
        GantryClient client = gantry.client();
        Answer task = client.send(ClientRequest.request("POST", "/tasks")
                .header("Prefer", "wait=20")
                .header("Authorization", "Bearer " + MARKER)
                .body(aTask().command("exit 3")
                        .with("environment", Map.of("SECRET", MARKER))
                        .toJson()));
        assertThat(task.status()).isEqualTo(201);
        client.send(ClientRequest.request("POST", "/tasks")
                .header("Prefer", "wait=20")
                .body(aTask().exec("/no/such\u001b[31m\nERROR [forged")
                        .with("environment", Map.of("SECRET", MARKER))
                        .toJson()));
    }

    private void quoteHosts() throws IOException {
        try (Socket socket = new Socket(gantry.url().getHost(), gantry.url().getPort())) {
            socket.getOutputStream().write(TWO_HOSTS.getBytes(ISO_8859_1));
            socket.getInputStream().readAllBytes();
        }
        gantry.awaitOutput("quoted");
    }

    @Test
    void nobody_can_forge_or_colour_a_line() throws IOException {
        start();
        runWithSecrets();
        quoteHosts();
        gantry.stop();

        assertThat(gantry.output()).contains("quoted\\u009b31m").doesNotContain(MARKER);
        assertThat(gantry.output().chars().filter(c -> c != '\n').filter(Character::isISOControl))
                .isEmpty();
    }

    @Test
    void as_json_each_line_can_be_parsed() throws IOException {
        settings.with("logging.appenders[0].layout.type", "json");
        start();
        quoteHosts();
        gantry.stop();

        List<String> lines =
                gantry.output().lines().filter(line -> line.startsWith("{")).toList();
        assertThat(lines)
                .anyMatch(line -> line.contains("\"logger\":\"io.gantry"))
                .anyMatch(line -> line.contains("quoted"));
        assertThat(lines)
                .allSatisfy(line ->
                        assertThatCode(() -> new JsonMapper().readTree(line)).doesNotThrowAnyException());
        assertThat(gantry.output()).doesNotContain(MARKER);
    }
}
