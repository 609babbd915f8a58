package io.gantry.chaos;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;

/** One life of the service as a process. */
final class Service {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Pattern GREETING =
            Pattern.compile("documentation +(http://\\S+/)\\s+Health and metrics +(http://\\S+/)healthcheck");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Program.Call call;
    private final int agentPort;
    private final Instant startedAt = Instant.now();
    private volatile Optional<Duration> readyAfter = Optional.empty();

    private Service(Program.Call call, int agentPort) {
        this.call = call;
        this.agentPort = agentPort;
    }

    /** Returns at once. */
    static Service start(Program program, String node, Optional<String> script) throws IOException {
        int port = freePort();
        return new Service(program.server(node, port, script), port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Service awaitReady() {
        await("the service is ready").atMost(PATIENCE).pollInterval(LOOK).until(() -> {
            requireAlive();
            return isReady();
        });
        readyAfter = readyAfter.or(() -> Optional.of(Duration.between(startedAt, Instant.now())));
        return this;
    }

    private void requireAlive() {
        if (!isAlive()) {
            throw new IllegalStateException("the service ended: " + output());
        }
    }

    private boolean isReady() {
        return greeted(2).map(admin -> answersReady(admin.resolve("/ready"))).orElse(false);
    }

    private boolean answersReady(URI uri) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where its clients find it; empty when it isn't there. */
    Optional<URI> url() {
        return isAlive() ? greeted(1) : Optional.empty();
    }

    private Optional<URI> greeted(int group) {
        return GREETING.matcher(output())
                .results()
                .map(greeting -> URI.create(greeting.group(group)))
                .findFirst();
    }

    /** Returns when it sees a time that is so far ahead of the machine's. */
    void awaitClock(Duration ahead) {
        await("the service's clock is " + ahead + " ahead")
                .atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(() -> Duration.between(Instant.now().plus(ahead), clock())
                                .abs()
                                .compareTo(PATIENCE)
                        < 0);
    }

    private Instant clock() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(greeted(2).orElseThrow().resolve("/ready"))
                .timeout(Duration.ofSeconds(10))
                .build();
        String date = http.send(request, BodyHandlers.discarding())
                .headers()
                .firstValue("Date")
                .orElseThrow();
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    }

    /** Adds a rule to the running process. */
    void arm(String script) throws Exception {
        String answer = new Submit("127.0.0.1", agentPort).addScripts(List.of(new ScriptText("rule", script)));
        if (answer.contains("ERROR") || answer.contains("xception")) {
            throw new IllegalStateException(answer);
        }
    }

    /** Whether the rule of this point has killed it. */
    boolean diedAt(CrashPoint point) {
        return !isAlive() && output().contains("chaos: " + point.word());
    }

    boolean awaitDeath(Duration atMost) throws InterruptedException {
        return call.process().waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        call.process().destroyForcibly();
        awaitDeath(PATIENCE);
    }

    /** SIGTERM; returns at once. */
    void terminate() {
        call.process().destroy();
    }

    /** SIGTERM; returns when it has ended. */
    void stop() throws InterruptedException {
        terminate();
        if (!awaitDeath(PATIENCE)) {
            throw new IllegalStateException("the service doesn't stop: " + output());
        }
    }

    /** SIGSTOP. */
    void pause() throws IOException {
        Signals.send("STOP", List.of(call.process().toHandle()));
    }

    /** SIGCONT. */
    void resume() throws IOException {
        Signals.send("CONT", List.of(call.process().toHandle()));
    }

    boolean isAlive() {
        return call.process().isAlive();
    }

    long pid() {
        return call.process().pid();
    }

    Instant startedAt() {
        return startedAt;
    }

    Optional<Duration> readyAfter() {
        return readyAfter;
    }

    String output() {
        try {
            return Files.readString(call.output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
