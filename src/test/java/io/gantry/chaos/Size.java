package io.gantry.chaos;

import io.gantry.chaos.Absences.Missing;
import io.gantry.chaos.EngineLosses.Way;
import io.gantry.chaos.OwnEngine.LiveRestore;
import io.gantry.chaos.Postgres.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;

/**
 * How many trials of which kind.
 *
 * @param trials of each point
 * @param random kills at random moments
 * @param postgres absences of the database
 * @param nodes pauses of a node that another one takes over from
 * @param engine losses of the engine, with live-restore and as many without
 * @param disk times that the database's disk is full
 * @param clock jumps of the service's clock
 */
record Size(List<CrashPoint> points, int trials, int random, int postgres, int nodes, int engine, int disk, int clock) {

    private static final Duration LATEST_KILL = Duration.ofSeconds(6);
    private static final Duration LATEST_SECOND_KILL = Duration.ofSeconds(5);
    private static final Duration LONGEST_STOP = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMinutes(2);
    private static final Duration SHORTEST_SHORTAGE = Duration.ofSeconds(10);
    private static final Duration JUMP = Duration.ofHours(1);
    private static final List<String> PARTS =
            List.of("points", "random", "postgres", "nodes", "engine", "disk", "clock");
    private static final int ABSENCES = 6;
    private static final List<Way> WAYS = List.of(Way.values());

    /** All that can go wrong, unless parts of it are asked for: then those alone. */
    static Size of(Arguments given) {
        boolean all = PARTS.stream().noneMatch(given::has);
        return new Size(
                points(given.word("points", all ? "all" : "none")),
                given.number("trials", 3),
                given.number("random", all ? 100 : 0),
                given.number("postgres", all ? ABSENCES : 0),
                given.number("nodes", all ? 3 : 0),
                given.number("engine", all ? WAYS.size() : 0),
                given.number("disk", all ? Missing.values().length : 0),
                given.number("clock", all ? 3 : 0));
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

    /** What goes wrong in each trial, to be made of its seed. */
    List<LongFunction<Fault>> faults() {
        List<LongFunction<Fault>> faults = new ArrayList<>();
        for (CrashPoint point : points) {
            add(faults, trials, seed -> Deaths.at(point, seed));
        }
        add(faults, random, Size::randomKill);
        add(faults, postgres, Size::absence);
        add(faults, nodes, Size::outlived);
        return faults;
    }

    private static void add(List<LongFunction<Fault>> faults, int times, LongFunction<Fault> fault) {
        for (int i = 0; i < times; i++) {
            faults.add(fault);
        }
    }

    private static Fault randomKill(long seed) {
        Random random = new Random(~seed);
        Duration after = within(random, LATEST_KILL);
        Duration again = within(random, LATEST_SECOND_KILL);
        return new Deaths.AtRandom(after, random.nextInt(3) == 0 ? Optional.of(again) : Optional.empty());
    }

    /** Two in six fast, two at once, one a pause, and one a pause in which a torrent ends. */
    private static Fault absence(long seed) {
        int kind = (int) Math.floorMod(seed, (long) ABSENCES);
        Duration down = Duration.ofSeconds(1).plus(within(new Random(~seed), LONGEST_STOP));
        return switch (kind) {
            case 0 -> new Absences.Paused(PAUSE);
            case 3 -> new Absences.PausedInTorrent(PAUSE);
            default -> new Absences.Stopped(kind % 2 == 0 ? Stop.FAST : Stop.IMMEDIATE, down);
        };
    }

    /** What an engine goes through in each trial. */
    List<LongFunction<Fault>> losses(OwnEngine own, LiveRestore liveRestore) {
        List<LongFunction<Fault>> faults = new ArrayList<>();
        add(faults, engine, seed -> loss(own, liveRestore, seed));
        return faults;
    }

    private static Fault loss(OwnEngine own, LiveRestore liveRestore, long seed) {
        Way way = WAYS.get((int) Math.floorMod(seed, (long) WAYS.size()));
        Duration span = way.isPause() ? LONGEST_STOP : within(new Random(~seed), Duration.ofSeconds(20));
        return new EngineLosses.Away(own, liveRestore, way, span);
    }

    /** What the small disk under a database goes through in each trial. */
    List<LongFunction<Fault>> shortages(SmallDisk small) {
        List<LongFunction<Fault>> faults = new ArrayList<>();
        add(faults, disk, seed -> shortage(small, seed));
        return faults;
    }

    private static Fault shortage(SmallDisk small, long seed) {
        Missing missing = Math.floorMod(seed, 2L) == 0 ? Missing.PAGE : Missing.SEGMENT;
        return new Absences.DiskFull(
                small, missing, SHORTEST_SHORTAGE.plus(within(new Random(~seed), Duration.ofSeconds(30))));
    }

    /** What the service's clock goes through in each trial. */
    List<LongFunction<Fault>> jumps(ServiceClock of) {
        List<LongFunction<Fault>> faults = new ArrayList<>();
        add(faults, clock, seed -> jumps(of, seed));
        return faults;
    }

    private static Fault jumps(ServiceClock clock, long seed) {
        Random random = new Random(~seed);
        List<Duration> aheads = new ArrayList<>(List.of(JUMP, JUMP.negated()));
        Collections.shuffle(aheads, random);
        Duration between = Duration.ofSeconds(2).plus(within(random, LATEST_SECOND_KILL));
        Duration kill = within(random, LATEST_SECOND_KILL);
        return new ClockJumps(
                clock, aheads, between, Math.floorMod(seed, 3L) == 0 ? Optional.of(kill) : Optional.empty());
    }

    private static Fault outlived(long seed) {
        return new Deaths.Outlived(within(new Random(~seed), Duration.ofSeconds(20)));
    }

    private static Duration within(Random random, Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis()));
    }
}
