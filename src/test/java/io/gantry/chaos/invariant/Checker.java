package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.History;
import java.util.List;

/** Holds a history against all invariants. */
public final class Checker {

    private static final int SHOWN = 5;

    private static final List<Invariant> ALL = List.of(
            new NeverMoreThanTheLimitAtOnce(),
            new ClaimedInTheOrderOfAcceptance(),
            new AcceptedTasksAreKept(),
            new RunsEndOnce(),
            new StartedAtMostOnce(),
            new NothingIsLeftBehind(),
            new StrangersAreUntouched(),
            new LogsAreExact(),
            new NeverMoreTasksThanTheLimit(),
            new MovesFollowTheGraph(),
            new OutcomesAreTheEngines(),
            new RefusalsHaveNoEffect(),
            new ErrorsAreHonest(),
            new NothingLeaks(),
            new OneOwnerAnEpoch(),
            new OneTaskAnIdempotencyKey(),
            new ReadersSeeProgress());

    private Checker() {}

    /** A broken invariant. */
    public record Finding(String invariant, String breach) {
        @Override
        public String toString() {
            return invariant + ": " + breach;
        }
    }

    /** At most a few breaches of each invariant. */
    public static List<Finding> check(History history) {
        return ALL.stream()
                .flatMap(invariant -> invariant
                        .breaches(history)
                        .limit(SHOWN)
                        .map(breach -> new Finding(invariant.getClass().getSimpleName(), breach)))
                .toList();
    }

    /** How many there are. */
    public static int count() {
        return ALL.size();
    }
}
