package io.gantry.engine;

import io.gantry.engine.FakeEngine.Call;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is to go wrong at the next calls of a {@link FakeEngine}, and what is to happen just before them. */
final class FakeMishaps {

    private final Map<Call, Deque<Mishap>> mishaps = new EnumMap<>(Call.class);
    private final Map<Call, Deque<Runnable>> interludes = new EnumMap<>(Call.class);
    private final Set<Call> vain = EnumSet.noneOf(Call.class);
    private boolean down;

    /** How a call can go wrong. */
    enum Mishap {
        UNAVAILABLE,
        ANSWER_LOST,
        /** A start request that gets no answer and arrives later, if ever. */
        LATE,
        REFUSED;

        /** Whether the engine doesn't do what it was asked. */
        boolean preventsIt() {
            return this != ANSWER_LOST;
        }

        RuntimeException at(Call call) {
            return this == REFUSED
                    ? new EngineRefused(call + " was refused")
                    : new EngineUnavailable(call + " got no answer");
        }
    }

    synchronized void next(Call call, Mishap mishap) {
        mishaps.computeIfAbsent(call, c -> new ArrayDeque<>()).add(mishap);
    }

    synchronized void next(Call call, Runnable interlude) {
        interludes.computeIfAbsent(call, c -> new ArrayDeque<>()).add(interlude);
    }

    synchronized void allFail(boolean all) {
        down = all;
    }

    synchronized boolean wasVain(Call call) {
        return vain.contains(call);
    }

    synchronized boolean doAllFail() {
        return down;
    }

    /** Plays what is to happen before this call, on its thread, and tells how the call goes wrong, if it does. */
    Optional<Mishap> meet(Call call) {
        interlude(call).ifPresent(Runnable::run);
        return mishap(call);
    }

    private synchronized Optional<Runnable> interlude(Call call) {
        return Optional.ofNullable(interludes.get(call)).map(Deque::poll);
    }

    private synchronized Optional<Mishap> mishap(Call call) {
        if (down) {
            vain.add(call);
            return Optional.of(Mishap.UNAVAILABLE);
        }
        return Optional.ofNullable(mishaps.get(call)).map(Deque::poll);
    }
}
