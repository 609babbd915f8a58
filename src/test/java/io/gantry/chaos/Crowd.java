package io.gantry.chaos;

import static org.awaitility.Awaitility.await;

import io.gantry.chaos.invariant.Checker;
import io.gantry.chaos.invariant.Checker.Finding;
import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.Truth;
import io.gantry.chaos.observer.Truth.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Many short runs on several nodes with one database, while now and then a node is killed or restarted; held against the
 * same invariants as a trial.
 *
 * @param ownEngines each node has a dockerd of its own, instead of all sharing the machine's
 * @param calm how long nothing happens to the nodes between two deaths; zero: nothing ever does
 */
record Crowd(int runs, int nodes, boolean ownEngines, Duration calm, long seed) {

    private static final int LONGEST = 200;
    private static final Duration CLEAN_WITHIN = Duration.ofMinutes(1);

    /** {@code runs=3000 nodes=2 engines=shared calm=45 seed=1}; whatever is left out or empty has a default. */
    public static void main(String[] arguments) throws Exception {
        Arguments given = Arguments.of(arguments);
        Crowd crowd = new Crowd(
                given.number("runs", 3000),
                given.number("nodes", 2),
                given.word("engines", "shared").equals("own"),
                Duration.ofSeconds(given.number("calm", 45)),
                given.seed());
        List<Finding> findings = crowd.carryOut(Path.of("target/crowd"), Path.of("target/crowd.md"));
        System.exit(findings.isEmpty() ? 0 : 1);
    }

    /** Returns when all is over, with what went wrong. */
    List<Finding> carryOut(Path folder, Path report) throws Exception {
        Map<UUID, Truth> truths = truths();
        Cluster cluster = new Cluster(folder, runs);
        try (Belonging<Cluster> own = Belonging.of(cluster, cluster::close)) {
            own.it().open(folder, this);
            Instant from = Instant.now();
            Throng throng = Throng.send(cluster, truths);
            MortalNodes deaths = MortalNodes.start(cluster, calm, new Random(~seed));
            throng.awaitEnd();
            deaths.stop();
            await().atMost(CLEAN_WITHIN).until(cluster::isDeserted);
            Duration took = Duration.between(from, Instant.now());
            History history = cluster.history(throng.exchanges(), truths, deaths.stops());
            List<Finding> findings = Checker.check(history);
            String line = "%d runs, %d nodes, %s, seed %d: %d s, %d kills and %d restarts, %s"
                    .formatted(
                            runs,
                            nodes,
                            ownEngines ? "an engine each" : "one engine",
                            seed,
                            took.toSeconds(),
                            deaths.kills(),
                            deaths.stops().size(),
                            findings.isEmpty() ? "all " + Checker.count() + " invariants hold" : findings);
            System.out.println(line);
            Files.writeString(report, line + "\n");
            return findings;
        }
    }

    private Map<UUID, Truth> truths() {
        Random random = new Random(seed);
        Map<UUID, Truth> truths = new LinkedHashMap<>();
        for (int i = 0; i < runs; i++) {
            Kind kind = random.nextInt(3) == 0 ? Kind.COUNTED : Kind.ECHO;
            int lines = kind == Kind.ECHO ? 1 : 1 + random.nextInt(LONGEST);
            int exitCode = kind == Kind.COUNTED && random.nextInt(4) == 0 ? 1 + random.nextInt(99) : 0;
            truths.put(Plan.id(random), new Truth(kind, lines, random.nextInt(10_000), exitCode, 0));
        }
        return truths;
    }
}
