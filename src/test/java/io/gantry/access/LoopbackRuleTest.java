package io.gantry.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.SimpleServerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoopbackRuleTest {

    private static DefaultServerFactory listeningOn(String application, String admin) {
        DefaultServerFactory factory = new DefaultServerFactory();
        factory.setApplicationConnectors(List.of(connector(application)));
        factory.setAdminConnectors(List.of(connector(admin)));
        return factory;
    }

    private static HttpConnectorFactory connector(String host) {
        HttpConnectorFactory connector = new HttpConnectorFactory();
        connector.setBindHost(host);
        return connector;
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"})
    void loopback_addresses_are_fine(String host) {
        assertThatCode(() -> LoopbackRule.check(listeningOn(host, host))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0", "::", "10.0.0.1", "example.org", "127.0.0.1.example.org", "", "localhost.example"})
    void any_other_address_is_refused_on_either_port(String host) {
        assertThatThrownBy(() -> LoopbackRule.check(listeningOn(host, "127.0.0.1")))
                .isInstanceOf(ListensTooWide.class)
                .hasMessageContaining("bindHost");
        assertThatThrownBy(() -> LoopbackRule.check(listeningOn("127.0.0.1", host)))
                .isInstanceOf(ListensTooWide.class);
    }

    @Test
    void no_address_means_all_of_them_and_is_refused() {
        assertThatThrownBy(() -> LoopbackRule.check(new DefaultServerFactory())).isInstanceOf(ListensTooWide.class);
        assertThatThrownBy(() -> LoopbackRule.check(new SimpleServerFactory())).isInstanceOf(ListensTooWide.class);
    }
}
