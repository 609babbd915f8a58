package io.gantry.chaos;

import io.gantry.chaos.observer.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Kills or stops nodes, now one, now all of them, and starts them again, at once or when the others have long noticed, as long
 * as it is let.
 */
final class MortalNodes {

    private static final int ALL_AT_ONCE = 4; // One time in so many.
    /** A node counts as gone after some 6 s. */
    private static final Duration NOTICED_AFTER = Duration.ofSeconds(8);

    private final Cluster cluster;
    private final Duration calm;
    private final Random random;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private int kills;
    private final List<Outage> stops = new CopyOnWriteArrayList<>();

    private MortalNodes(Cluster cluster, Duration calm, Random random) {
        this.cluster = cluster;
        this.calm = calm;
        this.random = random;
    }

    /** @param calm between two deaths; with zero nothing happens at all */
    static MortalNodes start(Cluster cluster, Duration calm, Random random) {
        MortalNodes nodes = new MortalNodes(cluster, calm, random);
        Thread thread = new Thread(nodes::goOn, "mortal-nodes");
        thread.setDaemon(true);
        thread.start();
        return nodes;
    }

    private void goOn() {
        try {
            while (!calm.isZero() && !stopped.await(calm.toMillis(), TimeUnit.MILLISECONDS)) {
                strike();
            }
            over.complete(null);
        } catch (Exception e) {
            over.completeExceptionally(e);
        }
    }

    private void strike() throws Exception {
        List<Integer> victims = random.nextInt(ALL_AT_ONCE) == 0
                ? IntStream.range(0, cluster.size()).boxed().toList()
                : List.of(random.nextInt(cluster.size()));
        boolean brutally = random.nextBoolean();
        Duration away = random.nextBoolean()
                ? Duration.ZERO
                : NOTICED_AFTER.plusMillis(random.nextLong(NOTICED_AFTER.toMillis()));
        for (int node : victims) {
            end(node, brutally);
        }
        TimeUnit.NANOSECONDS.sleep(away.toNanos());
        for (int node : victims) {
            cluster.startAgain(node);
        }
    }

    private void end(int node, boolean brutally) throws Exception {
        if (brutally) {
            cluster.service(node).kill();
            kills++;
        } else {
            Instant from = Instant.now();
            cluster.service(node).stop();
            stops.add(new Outage(from, Instant.now()));
        }
    }

    /** Returns when all nodes are up. */
    void stop() throws ExecutionException, InterruptedException {
        stopped.countDown();
        over.get();
    }

    int kills() {
        return kills;
    }

    /** When nodes were told to stop until they had. */
    List<Outage> stops() {
        return List.copyOf(stops);
    }
}
