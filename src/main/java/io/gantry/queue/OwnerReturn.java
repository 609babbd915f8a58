package io.gantry.queue;

import io.gantry.node.Node;
import io.gantry.node.NodeStore;
import io.gantry.node.NodeStore.EngineRow;
import io.gantry.run.Run;
import io.gantry.run.RunId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the owners of runs that nobody can adopt, and gives up such a run when it has waited for the configured time:
 * the one case in which a slot is freed though a container may still run.
 */
public final class OwnerReturn {

    private static final Logger log = LoggerFactory.getLogger(OwnerReturn.class);

    /** Whoever didn't look for longer has seen nothing, and counts anew. */
    private static final Duration BLINK = Duration.ofSeconds(10);

    private final Claims claims;
    private final QueueStore queue;
    private final Node node;
    private final NodeStore nodes;
    private final Optional<Duration> patience;
    private final Map<Waiting, Long> waitingSince = new HashMap<>();
    private long lastLook = System.nanoTime();

    public OwnerReturn(Claims claims, QueueStore queue, Node node, NodeStore nodes, QueueConfiguration configuration) {
        this.claims = claims;
        this.queue = queue;
        this.node = node;
        this.nodes = nodes;
        this.patience = configuration.patience();
    }

    /** Looks once; to be called every second or so, by one thread. Gives the runs that were given up now. */
    public List<Run> look(long nanoTime) {
        List<Run> waiting = waiting();
        if (nanoTime - lastLook > BLINK.toNanos()) {
            waitingSince.clear();
        }
        lastLook = nanoTime;
        waitingSince.keySet().retainAll(waiting.stream().map(Waiting::of).collect(Collectors.toSet()));
        return waiting.stream()
                .filter(run -> hasWaitedEnough(run, nanoTime))
                .flatMap(run -> giveUp(run).stream())
                .toList();
    }

    private List<Run> waiting() {
        List<Run> stranded = claims.stranded();
        if (stranded.isEmpty()) {
            return stranded;
        }
        List<EngineRow> living = nodes.listEngines().stream()
                .filter(other -> !node.watch().isSilent(other.incarnation()))
                .toList();
        return stranded.stream()
                .filter(run -> living.stream().noneMatch(other -> mayStillDrive(other, run)))
                .toList();
    }

    /** It reaches the run's engine, or it waits for an engine of its own that may be the run's. */
    private static boolean mayStillDrive(EngineRow other, Run run) {
        boolean sameEngine = other.engine().id().equals(run.engineId());
        boolean sameNode = Optional.of(other.name()).equals(run.node());
        return sameEngine || (sameNode && !other.engine().isReached());
    }

    private boolean hasWaitedEnough(Run run, long nanoTime) {
        long since = waitingSince.computeIfAbsent(Waiting.of(run), first -> begin(run, nanoTime));
        return patience.filter(enough -> nanoTime - since >= enough.toNanos()).isPresent();
    }

    private long begin(Run run, long nanoTime) {
        log.warn(
                "Run {}: its node {} is gone, and no living node reaches its engine {}; it keeps its slot {}",
                run.id(),
                run.node().orElse("?"),
                run.engineId().orElse("?"),
                patience.map(enough -> "for " + enough.toSeconds() + " s at most")
                        .orElse("until the node is back"));
        return nanoTime;
    }

    private Optional<Run> giveUp(Run run) {
        Optional<Run> ended = queue.giveUp(run, detail(run));
        ended.ifPresent(lost -> log.warn(
                "Run {} given up: {}", lost.id(), lost.failure().orElseThrow().detail()));
        return ended;
    }

    private String detail(Run run) {
        return "Its node " + run.node().orElse("?") + " was gone for "
                + patience.orElseThrow().toSeconds() + " s and no other reached its container engine. "
                + (run.container().startIntendedAt().isPresent()
                        ? "How its container ended, or whether it still runs, isn't known."
                        : "Its container was never started.");
    }

    /** A run in the hands of one owner. */
    private record Waiting(RunId run, long epoch) {
        static Waiting of(Run run) {
            return new Waiting(run.id(), run.epoch());
        }
    }
}
