package io.gantry.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.util.Duration;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseHealthIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.blank();

    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        executor.shutdownNow();
    }

    @Test
    void a_database_that_answers_is_healthy() throws Exception {
        assertThat(health(db.address()).isHealthy()).isTrue();
    }

    @Test
    void one_that_refuses_connections_is_not_and_the_message_says_where_and_what_to_check() throws Exception {
        HealthCheck.Result health = health(new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/gantry", "gantry", "x"));

        assertThat(health.isHealthy()).isFalse();
        assertThat(health.getMessage())
                .contains("gantry at jdbc:postgresql://127.0.0.1:1/gantry can't be used")
                .contains("refused")
                .contains("Check that Postgres runs");
    }

    @Test
    void one_that_accepts_and_never_answers_is_not() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            HealthCheck.Result health = health(new DatabaseAddress(
                    "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/gantry", "gantry", "x"));

            assertThat(health.isHealthy()).isFalse();
            assertThat(health.getMessage()).contains("didn't answer within 2 s");
        }
    }

    private HealthCheck.Result health(DatabaseAddress address) throws Exception {
        DatabaseConfiguration configuration = DatabaseConfiguration.withDefaults(
                address.url(), address.user(), address.password(), 5, Duration.seconds(5), null, null);
        try (TestPool pool = TestPool.over(configuration, address)) {
            return new DatabaseHealth(pool.database(), address, executor).execute();
        }
    }
}
