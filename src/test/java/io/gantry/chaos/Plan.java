package io.gantry.chaos;

import io.gantry.chaos.observer.Truth;
import io.gantry.chaos.observer.Truth.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * What clients ask of the service in one trial: the same for the same seed.
 *
 * @param truths what each task's container writes, by task
 */
record Plan(long seed, List<Act> acts, Map<UUID, Truth> truths) {

    /** How many tasks may be stored: exactly as many as a plan creates, so that one more is refused. */
    static final int TASKS = 7;

    private static final String BUSYBOX = "busybox";

    /** One thing that a client does. */
    sealed interface Act {

        UUID task();

        /** Sent again when no answer came; with a key the same request, without one a second attempt at the same id. */
        record Create(UUID task, Truth truth, String image, Optional<String> key) implements Act {}

        /** Refused: it has no image. */
        record CreateInvalid(UUID task) implements Act {}

        record Cancel(UUID task) implements Act {}

        record CancelOnceTalking(UUID task) implements Act {}

        record Delete(UUID task) implements Act {}

        record Read(UUID task) implements Act {}

        record Pause(UUID task, Duration span) implements Act {}
    }

    /**
     * @param rareImage an image that the engine doesn't have, for one of the tasks
     * @param lines how many the run writes, at least, that doesn't pause between them
     * @param onTerm the exit code of shells that SIGTERM has ended
     */
    static Plan of(long seed, Optional<String> rareImage, int lines, int onTerm) {
        return new Composer(seed, rareImage, lines, onTerm).compose();
    }

    /** A random UUID, and the same one for the same seed. */
    static UUID id(Random random) {
        return new UUID(
                (random.nextLong() & ~0xf000L) | 0x4000L,
                (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L);
    }

    /** Makes the plan of one seed. */
    private static final class Composer {

        private final long seed;
        private final Random random;
        private final Optional<String> rareImage;
        private final int lines;
        private final int onTerm;
        private final List<Act> acts = new ArrayList<>();
        private final Map<UUID, Truth> truths = new LinkedHashMap<>();

        Composer(long seed, Optional<String> rareImage, int lines, int onTerm) {
            this.seed = seed;
            this.random = new Random(seed);
            this.rareImage = rareImage;
            this.lines = lines;
            this.onTerm = onTerm;
        }

        Plan compose() {
            List<Truth> work = new ArrayList<>(List.of(
                    truth(Kind.COUNTED, lines + random.nextInt(2000), 0, 0),
                    truth(Kind.COUNTED, 10 + random.nextInt(15), 0, 60),
                    truth(Kind.COUNTED, 1 + random.nextInt(9), 1 + random.nextInt(99), 0)));
            Collections.shuffle(work, random);
            UUID endless = create(truth(Kind.ENDLESS, 0, 0, 30), BUSYBOX);
            work.forEach(truth -> create(truth, BUSYBOX));
            create(truth(Kind.ECHO, 1, 0, 0), rareImage.orElse(BUSYBOX));
            UUID withdrawn = create(truth(Kind.COUNTED, 5, 0, 0), BUSYBOX);
            acts.add(new Act.Cancel(withdrawn));
            UUID deleted = create(truth(Kind.ECHO, 1, 0, 0), BUSYBOX);
            refusals();
            acts.add(new Act.Delete(deleted));
            acts.add(new Act.CancelOnceTalking(endless));
            truths.keySet().forEach(task -> acts.add(new Act.Read(task)));
            return new Plan(seed, List.copyOf(acts), Map.copyOf(truths));
        }

        private void refusals() {
            acts.add(new Act.CreateInvalid(id(random)));
            create(truth(Kind.ECHO, 1, 0, 0), BUSYBOX);
        }

        private Truth truth(Kind kind, int lines, int exitCode, int pauseMillis) {
            return new Truth(kind, lines, random.nextInt(10_000), exitCode, pauseMillis, onTerm);
        }

        private UUID create(Truth truth, String image) {
            UUID task = id(random);
            truths.put(task, truth);
            Optional<String> key = random.nextBoolean() ? Optional.of("key-" + task) : Optional.empty();
            acts.add(new Act.Create(task, truth, image, key));
            acts.add(new Act.Pause(task, Duration.ofMillis(random.nextInt(120))));
            if (random.nextInt(3) == 0) {
                acts.add(new Act.Read(task));
            }
            return task;
        }
    }
}
