package io.gantry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class GreetingTest {

    private static String greeting(boolean authenticates) {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setName("application");
        server.addConnector(connector);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Greeting(new PrintStream(out, true, UTF_8), authenticates).serverStarted(server);
        return out.toString(UTF_8);
    }

    @Test
    void a_line_to_try_needs_no_token_where_nobody_is_asked_for_one() {
        assertThat(greeting(false))
                .contains("-H 'Prefer: wait=30' http://127.0.0.1:")
                .doesNotContain("Authorization");
    }

    @Test
    void a_line_to_try_has_the_token_that_is_needed() {
        assertThat(greeting(true))
                .contains("-H 'Prefer: wait=30' -H \"Authorization: Bearer $token\" http://127.0.0.1:");
    }
}
