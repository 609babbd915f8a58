package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.EngineEvent;
import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.RunRow;
import io.gantry.chaos.observer.StoredLog;
import io.gantry.chaos.observer.StoredLog.Chunk;
import io.gantry.chaos.observer.Truth;
import io.gantry.chaos.observer.Truth.Match;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Each stored log is, stream by stream, what the container wrote, or the beginning of it and marked as incomplete; its
 * chunks follow each other without a gap and without a byte twice; and it is served as it is stored.
 */
final class LogsAreExact implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        return history.last().runs().stream()
                .filter(run -> !run.isActive())
                .flatMap(run -> Optional.ofNullable(history.logs().get(run.id())).stream()
                        .flatMap(log -> breaches(history, run, log)));
    }

    private static Stream<String> breaches(History history, RunRow run, StoredLog log) {
        return Stream.of(
                        misplaced(log),
                        log.all().equals(log.served())
                                ? Optional.<String>empty()
                                : Optional.of("its log is served other than it is stored"),
                        untrue(history, run, log))
                .flatMap(Optional::stream)
                .map(breach -> run + ": " + breach);
    }

    private static Optional<String> misplaced(StoredLog log) {
        long seq = 0;
        long offset = 0;
        Map<Integer, Long> streamOffsets = new HashMap<>();
        for (Chunk chunk : log.chunks()) {
            long streamOffset = streamOffsets.getOrDefault(chunk.stream(), 0L);
            if (chunk.seq() != ++seq || chunk.offset() != offset || chunk.streamOffset() != streamOffset) {
                return Optional.of("chunk " + chunk.seq() + " isn't where the one before it ends");
            }
            offset += chunk.bytes().length();
            streamOffsets.put(chunk.stream(), streamOffset + chunk.bytes().length());
        }
        return Optional.empty();
    }

    private static Optional<String> untrue(History history, RunRow run, StoredLog log) {
        boolean complete = run.logComplete().orElse(false);
        if (history.eventsOf(run.id()).stream().noneMatch(event -> event.is("start"))) {
            return log.chunks().isEmpty() && complete
                    ? Optional.empty()
                    : Optional.of("it never had a container, but has a log or is marked incomplete");
        }
        Truth truth = history.truths().get(run.task());
        Match match = truth == null ? Match.DIFFERENT : truth.judge(log.of(StoredLog.STDOUT), log.of(StoredLog.STDERR));
        return switch (match) {
            case WHOLE -> Optional.empty();
            case PREFIX ->
                complete && !wasKilled(history, run)
                        ? Optional.of("its log is only a beginning and is marked complete")
                        : Optional.empty();
            case DIFFERENT -> Optional.of("its log isn't what its container wrote: " + differing(log));
        };
    }

    /** A process that was killed says no goodbye, so its last line can't be told from a lost one. */
    private static boolean wasKilled(History history, RunRow run) {
        return history.eventsOf(run.id()).stream()
                .filter(event -> event.is("die"))
                .map(EngineEvent::exitCode)
                .anyMatch(code -> code.equals(Optional.of(137)));
    }

    private static String differing(StoredLog log) {
        String text = log.all().toString();
        return text.length() > 300 ? text.substring(0, 100) + " ... " + text.substring(text.length() - 200) : text;
    }
}
