package io.gantry.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.access.token.TokenDesk;
import io.gantry.access.token.TokenStore;
import io.gantry.attack.Wire.Reply;
import io.gantry.contract.ContractCoverage;
import io.gantry.contract.OpenApiContract;
import io.gantry.contract.OpenApiDocument;
import io.gantry.database.TestDatabase;
import io.gantry.scenario.GantryProcess;
import io.gantry.scenario.GantrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends a service generated bad requests, some thousands at a time, and holds each answer against the contract, and after
 * each thousand what is stored against the answers.
 */
public final class Attack {

    private static final int BATCH = 1_000;
    private static final int WORKERS = 4;
    /** Who sends so much that nobody wants may find the connection reset instead of an answer. */
    private static final int LARGE = 32 * 1024;

    private static final int MOST_TASKS = 5_000;

    private final GantryProcess gantry;
    private final Judge judge;
    private final Stock stock;
    private final String admin;
    private final Score score = new Score();
    private final long seed;

    private Attack(GantryProcess gantry, TestDatabase database, long seed) {
        this.gantry = gantry;
        this.seed = seed;
        OpenApiDocument document = OpenApiDocument.ofProject();
        this.judge = new Judge(
                new OpenApiContract(document, new ContractCoverage(document, Path.of("target/attack-coverage.txt"))),
                score);
        TokenDesk desk = new TokenDesk(new TokenStore(database.database()), InstantSource.system());
        List<String> tokens = Stream.of("admin", "admin", "operator", "viewer", "submitter", "submitter")
                .map(role -> desk.create(
                        Optional.of("for a test"), Optional.of(role), Optional.of("a " + role), Optional.empty()))
                .toList();
        this.admin = tokens.get(0);
        this.stock = new Stock(database, tokens);
    }

    /** What came of it. */
    record Outcome(List<String> violations, String report) {}

    /** {@code requests=100000 seed=1}; whatever is left out or empty has a default. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> given = Arrays.stream(arguments)
                .map(word -> word.split("=", 2))
                .filter(pair -> pair.length == 2 && !pair[1].isBlank())
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        long seed = Optional.ofNullable(given.get("seed"))
                .map(Long::valueOf)
                .orElseGet(() -> Instant.now().getEpochSecond());
        TestDatabase database = TestDatabase.migrated();
        database.open();
        GantryProcess gantry = GantryProcess.with(settings(database));
        gantry.start();
        Outcome outcome;
        try {
            outcome = carryOut(gantry, database, Integer.parseInt(given.getOrDefault("requests", "100000")), seed);
        } finally {
            gantry.stop();
            database.close();
        }
        Files.writeString(Path.of("target/attack.md"), outcome.report());
        System.out.print(outcome.report());
        System.exit(outcome.violations().isEmpty() ? 0 : 1);
    }

    /** A service for which it doesn't matter what becomes of a task. */
    static GantrySettings settings(TestDatabase database) {
        return GantrySettings.aGantry()
                .authenticated()
                .maxTasks(MOST_TASKS)
                .with("execution.images", Stock.IMAGE)
                .database(database);
    }

    /** @param requests generated ones; those that are written by hand come on top */
    static Outcome carryOut(GantryProcess gantry, TestDatabase database, int requests, long seed) throws Exception {
        return new Attack(gantry, database, seed).carryOut(requests);
    }

    private Outcome carryOut(int requests) throws Exception {
        Instant from = Instant.now();
        BadRequests generated =
                new BadRequests(new Dice(seed), OpenApiDocument.ofProject().operations(), stock);
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            for (int sent = 0; sent < requests; sent += BATCH) {
                List<BadRequest> batch = new ArrayList<>();
                prepare();
                for (int i = sent; i < Math.min(requests, sent + BATCH); i++) {
                    batch.add(generated.next());
                }
                send(batch, workers);
            }
            sendRaw();
        } finally {
            workers.shutdownNow();
        }
        judge.end(gantry, admin);
        return new Outcome(score.violations(), score.text(seed, Duration.between(from, Instant.now())));
    }

    /** Some tasks and tokens that requests can name, and not too many. */
    private void prepare() throws IOException {
        stock.learn();
        try (Wire wire = new Wire(gantry.url().getPort())) {
            for (int i = 20; i < stock.tasks().size(); i++) {
                wire.send(administrative("DELETE", "/tasks/" + stock.tasks().get(i), ""));
            }
            for (int i = 20; i < stock.spareTokens().size(); i++) {
                wire.send(administrative(
                        "DELETE", "/tokens/" + stock.spareTokens().get(i), ""));
            }
            for (int i = stock.tasks().size(); i < 10; i++) {
                wire.send(administrative(
                        "POST",
                        "/tasks",
                        "{\"data\":{\"attributes\":{\"title\":\"t\",\"command\":\"x\",\"pullPolicy\":\"never\",\"image\":\""
                                + Stock.IMAGE + "\"}}}"));
                wire.send(administrative(
                        "POST", "/tokens", "{\"data\":{\"attributes\":{\"title\":\"spare\",\"role\":\"viewer\"}}}"));
            }
        }
        stock.learn();
    }

    private BadRequest administrative(String method, String path, String body) {
        return new BadRequest(
                "none",
                method,
                path,
                List.of(
                        "Host: 127.0.0.1",
                        "Authorization: Bearer " + admin,
                        "Content-Type: application/json",
                        "Content-Length: " + body.length()),
                body.getBytes(UTF_8));
    }

    private void send(List<BadRequest> batch, ExecutorService workers) throws Exception {
        Effects effects = new Effects(stock.look());
        List<Callable<Void>> shares = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            int first = worker;
            shares.add(() -> {
                try (Wire wire = new Wire(gantry.url().getPort())) {
                    for (int i = first; i < batch.size(); i += WORKERS) {
                        send(batch.get(i), wire, effects);
                    }
                }
                return null;
            });
        }
        for (Future<Void> share : workers.invokeAll(shares)) {
            share.get();
        }
        effects.faults(stock.look()).forEach(score::violation);
    }

    private void send(BadRequest request, Wire wire, Effects effects) throws IOException {
        Instant from = Instant.now();
        try {
            Reply reply = wire.send(request);
            score.count(request.kind(), reply.status(), Duration.between(from, Instant.now()));
            judge.judge(request, reply);
            effects.note(request.method(), Judge.path(request.target()), reply);
        } catch (IOException e) {
            wire.close();
            score.count(request.kind(), 0, Duration.between(from, Instant.now()));
            if (request.body().length < LARGE) {
                score.violation("no answer (" + e + ") to " + request);
            }
        }
    }

    private void sendRaw() throws IOException {
        Effects effects = new Effects(stock.look());
        for (RawCase raw : RawCase.all(admin)) {
            Instant from = Instant.now();
            byte[] answer = Wire.exchange(gantry.url().getPort(), raw.bytes());
            Optional<Reply> reply = Wire.first(answer);
            score.count("raw", reply.map(Reply::status).orElse(0), Duration.between(from, Instant.now()));
            judge.judge(raw, new String(answer, ISO_8859_1), reply);
        }
        effects.faults(stock.look()).forEach(score::violation);
    }
}
