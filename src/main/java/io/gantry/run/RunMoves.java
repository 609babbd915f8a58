package io.gantry.run;

import java.util.Map;
import java.util.Set;

/** The allowed moves, as data: which events a run may meet in which status. A terminal status allows none. */
final class RunMoves {

    static final Map<RunStatus, Set<Class<? extends RunEvent>>> ALLOWED = Map.of(
            RunStatus.QUEUED,
                    Set.of(
                            RunEvent.Claimed.class,
                            RunEvent.StopRequested.class,
                            RunEvent.Withdrawn.class,
                            RunEvent.Expired.class),
            RunStatus.RUNNING,
                    Set.of(
                            RunEvent.Adopted.class,
                            RunEvent.Released.class,
                            RunEvent.CreationIntended.class,
                            RunEvent.StartIntended.class,
                            RunEvent.StartWithdrawn.class,
                            RunEvent.Started.class,
                            RunEvent.StopRequested.class,
                            RunEvent.Ended.class,
                            RunEvent.GivenUp.class),
            RunStatus.SUCCEEDED, Set.of(),
            RunStatus.FAILED, Set.of(),
            RunStatus.TIMED_OUT, Set.of(),
            RunStatus.CANCELLED, Set.of());

    private RunMoves() {}

    static void check(Run run, RunEvent event) {
        if (!ALLOWED.getOrDefault(run.status(), Set.of()).contains(event.getClass())) {
            throw new IllegalMoveException(run, event);
        }
    }
}
