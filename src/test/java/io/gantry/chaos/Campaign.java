package io.gantry.chaos;

import io.gantry.chaos.OwnEngine.LiveRestore;
import io.gantry.chaos.Trial.Result;
import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.Vitals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Many trials, one after the other.
 *
 * @param seed the first trial's; each further trial has the next number
 */
record Campaign(Size size, long seed) {

    /** {@code points=all trials=3 random=100 seed=1}; with nothing named, all of it is done. */
    public static void main(String[] arguments) throws Exception {
        Arguments given = Arguments.of(arguments);
        Campaign campaign = new Campaign(Size.of(given), given.seed());
        Summary summary = campaign.run(Path.of("target/chaos"));
        summary.write(Path.of("target/chaos.md"));
        System.out.println("\n" + summary.text());
        System.exit(summary.failures().isEmpty() ? 0 : 1);
    }

    /** Returns when all trials are over. */
    Summary run(Path folder) throws Exception {
        Summary summary = new Summary(seed);
        // First what needs more than a Docker engine, so that its lack is told at once.
        long next = size.disk() == 0 ? seed : fillDisk(seed, folder, summary);
        next = size.clock() == 0 ? next : moveClock(next, folder, summary);
        for (LiveRestore liveRestore : LiveRestore.values()) {
            next = size.engine() == 0 ? next : loseEngines(liveRestore, next, folder, summary);
        }
        List<LongFunction<Fault>> others = size.faults();
        if (!others.isEmpty()) {
            carryOut(others, next, folder, Setting.with(Engine.shared()), summary);
        }
        return summary;
    }

    private long loseEngines(LiveRestore liveRestore, long first, Path folder, Summary summary) throws Exception {
        OwnEngine engine = new OwnEngine(Files.createTempDirectory("gantry-chaos"), liveRestore);
        try (Belonging<OwnEngine> own = Belonging.of(engine, engine::close)) {
            return carryOut(size.losses(own.it(), liveRestore), first, folder, Setting.with(engine), summary);
        }
    }

    private long fillDisk(long first, Path folder, Summary summary) throws Exception {
        SmallDisk disk = new SmallDisk(Files.createTempDirectory("gantry-chaos"));
        try (Belonging<SmallDisk> own = Belonging.of(disk, disk::close)) {
            return carryOut(size.shortages(own.it()), first, folder, Setting.with(disk), summary);
        }
    }

    private long moveClock(long first, Path folder, Summary summary) throws Exception {
        ServiceClock clock = new ServiceClock(folder);
        try (Belonging<ServiceClock> own = Belonging.of(clock, clock::close)) {
            return carryOut(size.jumps(own.it()), first, folder, Setting.with(clock), summary);
        }
    }

    /** The seed of what comes next. */
    private static long carryOut(
            List<LongFunction<Fault>> faults, long first, Path folder, Setting setting, Summary summary)
            throws Exception {
        long next = first;
        Scene scene = new Scene(folder, setting);
        try (Belonging<Scene> own = Belonging.of(scene, scene::close)) {
            own.it().open();
            Result calm = new Trial(scene, new Calm(), first - 1, Optional.empty()).run();
            note(summary, calm, folder, scene);
            Optional<Vitals> baseline = calm.history().map(History::end);
            for (LongFunction<Fault> fault : faults) {
                note(summary, new Trial(scene, fault.apply(next), next, baseline).run(), folder, scene);
                next++;
            }
        }
        return next;
    }

    private static void note(Summary summary, Result result, Path folder, Scene scene) throws IOException {
        summary.add(result);
        System.out.printf(
                "%4d  %-42s seed %d  %s%n",
                summary.trials(),
                result.fault(),
                result.seed(),
                result.findings().isEmpty() ? "holds" : result.findings());
        if (!result.findings().isEmpty()) {
            Chronicle.write(folder, result, scene.lives());
        }
    }

    /** Nothing goes wrong: shows that the observer sees nothing that isn't there. */
    private record Calm() implements Fault {

        @Override
        public String name() {
            return "none";
        }

        @Override
        public void strike(Scene scene, Lookout lookout) {}
    }
}
