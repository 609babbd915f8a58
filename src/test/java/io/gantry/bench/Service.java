package io.gantry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gantry.database.DataFolders;
import io.gantry.database.DatabaseAddress;
import io.gantry.database.DatabaseConfiguration;
import io.gantry.database.DatabaseServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built jar as a process with a database of its own, spoken to over HTTP. */
final class Service implements AutoCloseable {

    static final String NODE = "gantry-bench";

    private static final Path JAR = Path.of("target/gantry.jar");
    /** As {@code make archive} writes it. */
    private static final Path ARCHIVE = Path.of("target/gantry.jsa");

    private static final Pattern GREETING = Pattern.compile("(http://127.0.0.1:\\d+)/\\s[^/]*(http://127.0.0.1:\\d+)/");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Path folder;
    private final Process process;
    private final String api;
    private final String admin;

    private Service(Path folder, Process process, Matcher greeting) {
        this.folder = folder;
        this.process = process;
        this.api = greeting.group(1);
        this.admin = greeting.group(2);
    }

    /** Starts it on the database in this folder, with a heap of 256 MiB and else as `make run` does, and waits until it is ready. */
    static Service start(Path folder, Map<String, String> environment) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path output = folder.resolve("output.log");
        ProcessBuilder builder = command("server").redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "GANTRY_HTTP_PORT", "0",
                        "GANTRY_ADMIN_PORT", "0",
                        "GANTRY_NODE", NODE,
                        "GANTRY_DATA_DIR",
                                folder.resolve("data").toAbsolutePath().toString(),
                        "GANTRY_MAX_TASKS", "1000000",
                        "GANTRY_LOG_LIMIT", "512MiB"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        while (process.isAlive()) {
            Matcher greeting = GREETING.matcher(Files.readString(output));
            if (greeting.find()) {
                return new Service(folder, process, greeting);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IOException(Files.readString(output));
    }

    /** {@code db migrate}. */
    static void migrate(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = command("db", "migrate").redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        if (builder.start().waitFor() != 0) {
            throw new IOException("db migrate failed");
        }
    }

    private static ProcessBuilder command(String... words) {
        List<String> command = new ArrayList<>(List.of(
                "java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:CompileThresholdScaling=0.1",
                "-XX:SharedArchiveFile=" + ARCHIVE,
                "-jar",
                JAR.toString()));
        command.addAll(List.of(words));
        command.add("config.yml");
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    /** Waits until it says that it does what it is for. */
    void awaitReady() throws IOException, InterruptedException {
        HttpRequest ask = HttpRequest.newBuilder(URI.create(admin + "/ready")).build();
        while (http.send(ask, BodyHandlers.discarding()).statusCode() != 200) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    void cancel(String run) throws IOException, InterruptedException {
        json(http.send(
                request("/runs/" + run + "/cancel")
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofInputStream()));
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return json(http.send(request(path).build(), BodyHandlers.ofInputStream()));
    }

    /** Queues a run of a busybox command, and returns the new task's attributes. */
    JsonNode submit(List<String> command, Duration wait) throws IOException, InterruptedException {
        String body = mapper.writeValueAsString(Map.of(
                "data", Map.of("attributes", Map.of("title", "Benchmark", "image", "busybox", "command", command))));
        HttpRequest.Builder request =
                request("/tasks").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
        if (!wait.isZero()) {
            request.header("Prefer", "wait=" + wait.toSeconds());
        }
        return json(http.send(request.build(), BodyHandlers.ofInputStream()))
                .path("data")
                .path("attributes");
    }

    /** The newest runs, at most a hundred. */
    List<JsonNode> runs() throws IOException, InterruptedException {
        return get("/runs?page%5Bsize%5D=100").path("data").findValues("attributes");
    }

    /** Waits for the newest run's end and then for all others; so it hardly asks while there is much to do. */
    void awaitIdle() throws IOException, InterruptedException {
        String newest =
                get("/runs?page%5Bsize%5D=1").path("data").path(0).path("id").asText();
        boolean active = true;
        while (active) {
            HttpRequest ask =
                    request("/runs/" + newest).header("Prefer", "wait=60").build();
            JsonNode run = json(http.send(ask, BodyHandlers.ofInputStream()));
            active = run.path("data").path("attributes").path("finishedAt").isNull();
        }
        while (get("/runs?filter%5Bstatus%5D=queued,running&page%5Bsize%5D=1")
                        .path("meta")
                        .path("total")
                        .asInt()
                > 0) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Reads a run's whole log, and returns its length. */
    long readLog(String run) throws IOException, InterruptedException {
        try (InputStream body = http.send(request("/runs/" + run + "/logs").build(), BodyHandlers.ofInputStream())
                .body()) {
            return body.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    String metrics() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(admin + "/metrics")).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    long residentMebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** A connection to its database, which works as long as this service runs. */
    Connection database() throws SQLException {
        DataFolders folders = DataFolders.of(Path.of(""), folder.resolve("data").toString());
        DatabaseConfiguration configuration = DatabaseConfiguration.of(new DatabaseAddress("embedded:", "", ""));
        try (DatabaseServer server = DatabaseServer.ownOrJoin(configuration, folders)) {
            return server.connect(Duration.ofMinutes(5));
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api + path));
    }

    private JsonNode json(HttpResponse<InputStream> response) throws IOException {
        JsonNode body = mapper.readTree(response.body());
        if (response.statusCode() >= 300) {
            throw new IOException(response.statusCode() + ": " + body);
        }
        return body;
    }
}
