package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.EngineOutage;
import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.RunRow;
import io.gantry.chaos.observer.StoredLog;
import io.gantry.chaos.observer.StoredLog.Chunk;
import io.gantry.chaos.observer.Truth;
import io.gantry.chaos.observer.Truth.Match;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Each stored log is, stream by stream, what the container wrote, or the beginning of it and marked as incomplete; its
 * chunks follow each other without a gap and without a byte twice; and it is served as it is stored. It is incomplete only
 * where the engine was away and may have forgotten some of it: nothing here writes so much that a limit would cut it.
 */
final class LogsAreExact implements Invariant {

    private static final Duration FIRST_COMMAND = Duration.ofSeconds(2);

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
        if (!complete && history.engineOutagesDuring(run).stream().noneMatch(EngineOutage::forgets)) {
            return Optional.of("its log is marked incomplete, and the engine forgot nothing of it");
        }
        Truth truth = history.truths().get(run.task());
        Match match = truth == null ? Match.DIFFERENT : truth.judge(log.of(StoredLog.STDOUT), log.of(StoredLog.STDERR));
        return switch (match) {
            case WHOLE -> Optional.empty();
            case PREFIX ->
                complete && !endedSpeechless(history, run, log)
                        ? Optional.of("its log is only a beginning and is marked complete")
                        : Optional.empty();
            case DIFFERENT -> Optional.of("its log isn't what its container wrote: " + differing(log));
        };
    }

    /** A shell that is told to end before it has run its first command says nothing at all, and that is all it said. */
    private static boolean endedSpeechless(History history, RunRow run, StoredLog log) {
        return log.chunks().isEmpty()
                && history.toldAt(run.id(), "start")
                        .flatMap(start ->
                                history.toldAt(run.id(), "kill").map(kill -> kill.isBefore(start.plus(FIRST_COMMAND))))
                        .orElse(false);
    }

    private static String differing(StoredLog log) {
        String text = log.all().toString();
        return text.length() > 300 ? text.substring(0, 100) + " ... " + text.substring(text.length() - 200) : text;
    }
}
