package io.gantry.chaos;

import io.gantry.chaos.Trial.Result;
import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.Vitals;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Many trials, one after the other: each named point so many times, then so many kills at random moments.
 *
 * @param seed the first trial's; each further trial has the next number
 */
record Campaign(List<CrashPoint> points, int trials, int random, long seed) {

    private static final Duration LATEST_KILL = Duration.ofSeconds(6);
    private static final Duration LATEST_SECOND_KILL = Duration.ofSeconds(5);

    /** {@code points=all trials=3 random=100 seed=1}; whatever is left out or empty has a default. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> given = Arrays.stream(arguments)
                .map(argument -> argument.split("=", 2))
                .filter(pair -> pair.length == 2 && !pair[1].isBlank())
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Campaign campaign = new Campaign(
                points(given.getOrDefault("points", "all")),
                Integer.parseInt(given.getOrDefault("trials", "3")),
                Integer.parseInt(given.getOrDefault("random", "100")),
                Long.parseLong(
                        given.getOrDefault("seed", Long.toString(Instant.now().getEpochSecond()))));
        Summary summary = campaign.run(Path.of("target/chaos"));
        summary.write(Path.of("target/chaos.md"));
        System.out.println("\n" + summary.text());
        System.exit(summary.failures().isEmpty() ? 0 : 1);
    }

    private static List<CrashPoint> points(String words) {
        return switch (words) {
            case "all" -> List.of(CrashPoint.values());
            case "none" -> List.of();
            default ->
                Arrays.stream(words.split("[, ]+"))
                        .map(word -> CrashPoint.find(word)
                                .orElseThrow(() -> new IllegalArgumentException("there is no point " + word)))
                        .toList();
        };
    }

    /** Returns when all trials are over. */
    Summary run(Path folder) throws IOException, SQLException, InterruptedException {
        Summary summary = new Summary(seed);
        try (Scene scene = new Scene(folder)) {
            scene.open();
            Result calm = new Trial(scene, new Calm(), seed - 1, Optional.empty()).run();
            note(summary, calm, folder, scene);
            Optional<Vitals> baseline = calm.history().map(History::end);
            long next = seed;
            for (Fault fault : faults()) {
                note(summary, new Trial(scene, fault, next++, baseline).run(), folder, scene);
            }
        }
        return summary;
    }

    private static void note(Summary summary, Result result, Path folder, Scene scene) throws IOException {
        summary.add(result);
        System.out.printf(
                "%4d  %-32s seed %d  %s%n",
                summary.trials(),
                result.fault(),
                result.seed(),
                result.findings().isEmpty() ? "holds" : result.findings());
        if (!result.findings().isEmpty()) {
            Chronicle.write(folder, result, scene.lives());
        }
    }

    private List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        long next = seed;
        for (CrashPoint point : points) {
            for (int i = 0; i < trials; i++) {
                faults.add(Deaths.at(point, next++));
            }
        }
        for (int i = 0; i < random; i++) {
            faults.add(atRandom(next++));
        }
        return faults;
    }

    private static Fault atRandom(long seed) {
        Random random = new Random(~seed);
        Duration after = Duration.ofMillis(random.nextLong(LATEST_KILL.toMillis()));
        Duration again = Duration.ofMillis(random.nextLong(LATEST_SECOND_KILL.toMillis()));
        return new Deaths.AtRandom(after, random.nextInt(3) == 0 ? Optional.of(again) : Optional.empty());
    }

    /** Nothing goes wrong: shows that the observer sees nothing that isn't there. */
    private record Calm() implements Fault {

        @Override
        public String name() {
            return "none";
        }

        @Override
        public void prepare(Scene scene) {}

        @Override
        public void strike(Scene scene, Sight sight) {}
    }
}
