package io.gantry.chaos;

import io.gantry.chaos.observer.Exchange;
import io.gantry.chaos.observer.RecordingClient;
import io.gantry.chaos.observer.Truth;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Clients that create many tasks at once, at whichever node answers, and wait until all have run. Of those that only say a word
 * they cancel some; now and then they ask for one that can't be.
 */
final class Throng {

    private static final int CLIENTS = 4;
    private static final int SOME = 10; // One in so many.
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration STUCK_AFTER = Duration.ofMinutes(3);

    private final Cluster cluster;
    private final RecordingClient client = new RecordingClient();
    private final List<CompletableFuture<Void>> clients = new ArrayList<>();

    private Throng(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Returns at once. */
    static Throng send(Cluster cluster, Map<UUID, Truth> truths) {
        Throng throng = new Throng(cluster);
        List<Map.Entry<UUID, Truth>> tasks = List.copyOf(truths.entrySet());
        for (int i = 0; i < CLIENTS; i++) {
            int first = i;
            throng.clients.add(CompletableFuture.runAsync(() -> {
                for (int task = first; task < tasks.size(); task += CLIENTS) {
                    throng.carryOut(tasks.get(task).getKey(), tasks.get(task).getValue(), task);
                }
            }));
        }
        return throng;
    }

    private void carryOut(UUID task, Truth truth, int number) {
        try {
            create(task, truth, number);
            if (truth.kind() == Truth.Kind.ECHO && number % SOME == 0) {
                insist(number, Driver.request("POST", task, "/cancel"), answer -> answer.status() < 500);
            } else if (number % SOME == 1) {
                UUID never = Plan.id(new Random(task.getLeastSignificantBits()));
                insist(number, Driver.refusedCreation(never), answer -> answer.status() < 500);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void create(UUID task, Truth truth, int number) throws InterruptedException {
        insist(
                number,
                Driver.creation(task, Optional.of("key-" + task), Driver.attributes(truth, "busybox")),
                answer -> answer.status() == 201);
    }

    private void insist(int firstNode, Exchange.Request request, Predicate<Exchange.Answer> wanted)
            throws InterruptedException {
        for (int node = firstNode; !isAnswered(node, request, wanted); node++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean isAnswered(int node, Exchange.Request request, Predicate<Exchange.Answer> wanted)
            throws InterruptedException {
        Optional<URI> url = cluster.service(node % cluster.size()).url();
        return url.isPresent() && client.send(url.get(), request).filter(wanted).isPresent();
    }

    /** Returns when every run is over, or none has ended for minutes: the invariants say what is wrong. */
    void awaitEnd() throws ExecutionException, InterruptedException {
        for (CompletableFuture<Void> each : clients) {
            each.get();
        }
        int left = Integer.MAX_VALUE;
        long progress = System.nanoTime();
        while (left > 0 && System.nanoTime() - progress < STUCK_AFTER.toNanos()) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            int now = cluster.activeRuns();
            progress = now < left ? System.nanoTime() : progress;
            left = now;
        }
    }

    List<Exchange> exchanges() {
        return client.exchanges();
    }
}
