package io.gantry.scenario;

import static io.gantry.scenario.GantrySettings.aGantry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BothPortsSpeakTlsIT {

    private static final int ALERT = 0x15;
    private static final int HANDSHAKE = 0x16;
    private static final TlsKeys KEYS = TlsKeys.make();

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(withTls(withTls(aGantry(), "applicationConnectors"), "adminConnectors")
                    .with("clients.headTime", "700ms"));

    private final HttpClient client =
            HttpClient.newBuilder().sslContext(KEYS.trust()).build();

    private static GantrySettings withTls(GantrySettings settings, String connectors) {
        String connector = "server." + connectors + "[0].";
        return settings.with(connector + "type", "https")
                .with(connector + "keyStorePath", KEYS.keyStore().toString())
                .with(connector + "keyStorePassword", KEYS.password());
    }

    static Stream<URI> ports() {
        return Stream.of(gantry.url(), gantry.adminUrl());
    }

    private HttpResponse<String> get(URI port, String host, String path) throws Exception {
        URI uri = new URI("https", null, host, port.getPort(), path, null, null);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Test
    void a_page_and_an_error_come_with_hsts() throws Exception {
        for (String path : new String[] {"/", "/tasks", "/nowhere"}) {
            HttpResponse<String> answer = get(gantry.url(), "127.0.0.1", path);
            assertThat(answer.statusCode()).isEqualTo(path.equals("/nowhere") ? 404 : 200);
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
        }
        assertThat(get(gantry.url(), "localhost", "/tasks").body()).contains("\"https://localhost:");
    }

    @Test
    void so_do_those_of_the_admin_port() throws Exception {
        HttpResponse<String> answer = get(gantry.adminUrl(), "localhost", "/ping");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
    }

    @ParameterizedTest
    @MethodSource("ports")
    void nothing_older_than_tls_1_2(URI port) throws Exception {
        assertThat(answerTo(port, 0x0303)).isEqualTo(HANDSHAKE);
        assertThat(answerTo(port, 0x0302)).isEqualTo(ALERT);
        assertThat(answerTo(port, 0x0301)).isEqualTo(ALERT);
    }

    @ParameterizedTest
    @MethodSource("ports")
    void nothing_without_tls_and_nobody_who_takes_too_long(URI port) throws Exception {
        long startedAt = System.nanoTime();
        try (SlowClient slow = SlowClient.at(port)) {
            slow.send("\u0016\u0003");
            assertThat(slow.readToTheEnd()).doesNotContain("HTTP");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(4));
        try (SlowClient plain = SlowClient.at(port)) {
            plain.send("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(plain.readToTheEnd()).doesNotContain("HTTP/1.1 2");
        }
    }

    /** The type of the record that answers a greeting of this version, which offers what old and new servers have in common. */
    private static int answerTo(URI port, int version) throws IOException {
        try (Socket socket = new Socket(port.getHost(), port.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(hello(version));
            return socket.getInputStream().read();
        }
    }

    /** A ClientHello (RFC 5246, 7.4.1.2) without extensions. */
    private static byte[] hello(int version) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeShort(version);
        out.write(new byte[32]);
        out.writeByte(0);
        // ECDHE-ECDSA with AES-128-GCM, AES-256-GCM, AES-128-CBC (SHA-1), AES-256-CBC (SHA-1).
        short[] suites = {(short) 0xc02b, (short) 0xc02c, (short) 0xc009, (short) 0xc00a};
        out.writeShort(suites.length * 2);
        for (short suite : suites) {
            out.writeShort(suite);
        }
        out.write(new byte[] {1, 0});
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        DataOutputStream framed = new DataOutputStream(record);
        framed.writeByte(HANDSHAKE);
        framed.writeShort(0x0301);
        framed.writeShort(body.size() + 4);
        framed.writeByte(1);
        framed.writeByte(0);
        framed.writeShort(body.size());
        body.writeTo(framed);
        return record.toByteArray();
    }
}
