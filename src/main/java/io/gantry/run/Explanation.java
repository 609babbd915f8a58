package io.gantry.run;

import io.gantry.run.Situation.NodeState;
import io.gantry.task.DurationText;
import java.time.Instant;
import java.util.Optional;

/** Why a run is where it is, in one sentence for a person. */
final class Explanation {

    private static final long MEBIBYTE = 1 << 20;

    private Explanation() {}

    /** Of a run that is over. */
    static String of(Run run) {
        return switch (run.status()) {
            case SUCCEEDED -> "The command returned 0.";
            case CANCELLED -> cancelled(run);
            default -> failed(run);
        };
    }

    /**
     * Of a run that isn't over.
     *
     * @param place 1 is next; present while it is queued
     * @param pull of its image, if there was one
     */
    static String of(Run run, Optional<Long> place, Optional<ImagePull> pull, Situation situation) {
        return place.isPresent() ? queued(run, place.get(), situation) : running(run, pull, situation);
    }

    private static String cancelled(Run run) {
        String how = run.stopRequest().flatMap(StopRequest::signal).isEmpty()
                ? "before anything of it ran"
                : run.exitCode().map(code -> "and it exited with " + code).orElse("and it is gone");
        return run.stopRequest()
                .map(stop -> "Its end was asked for by " + stop.by() + " at " + stop.at() + ", " + how + ".")
                .orElse("Its end was asked for.");
    }

    private static String failed(Run run) {
        String why = run.failure().map(Failure::detail).orElse("");
        return run.pendingRetry()
                .map(at -> withoutEnd(why) + "; it is tried again at " + at + ".")
                .orElse(why);
    }

    private static String queued(Run run, long place, Situation situation) {
        String line = place == 1
                ? "It is next in line"
                : "It is number " + place + " in line, with " + (place - 1) + " ahead of it";
        String until = run.queueDeadline()
                .map(at -> ", and it waits until " + at + " at most")
                .orElse("");
        return line + "; " + obstacle(situation) + until + ".";
    }

    private static String obstacle(Situation situation) {
        Optional<NodeState> stranded = situation.anyWithoutEngine();
        if (stranded.isPresent()) {
            return withoutEngine(stranded.get());
        }
        return situation.isFull()
                ? (situation.slots() == 1 ? "the only slot is taken" : "all " + situation.slots() + " slots are taken")
                : "a slot is free, and is given away in a moment";
    }

    private static String running(Run run, Optional<ImagePull> pull, Situation situation) {
        Optional<NodeState> owner = situation.ownerOf(run);
        String node = run.node().orElse("?");
        if (owner.isEmpty()) {
            return "Its node " + node + " has let go of it, and it goes on as soon as a node takes it over.";
        }
        if (!owner.get().isThere()) {
            return "Its node " + node + " has not been heard of since "
                    + owner.get().seenAt() + ", and another that reaches its container engine takes it over.";
        }
        if (owner.get().engineTrouble().isPresent()) {
            return "It can't be seen how it goes on: " + withoutEngine(owner.get()) + ".";
        }
        return stage(run, pull) + stop(run) + ".";
    }

    private static String stage(Run run, Optional<ImagePull> pull) {
        Optional<Instant> started = run.startedAt();
        if (started.isPresent()) {
            Instant most = started.get().plus(run.spec().timeout());
            return "Its container has been running since " + started.get() + ", until " + most + " at most (timeout "
                    + DurationText.format(run.spec().timeout()) + ")";
        }
        if (run.containerId().isPresent()) {
            return "Its container is being started";
        }
        return pull.filter(it -> it.finishedAt().isEmpty())
                .map(it -> "Its image " + run.spec().normalisedImage() + " is being pulled: " + progress(it))
                .orElse("Its container is being made of " + run.spec().normalisedImage());
    }

    private static String progress(ImagePull pull) {
        return pull.layersDone() + " of " + pull.layers() + " layers are done, " + mebibytes(pull.bytes()) + " of "
                + mebibytes(pull.totalBytes()) + " MiB are there";
    }

    private static long mebibytes(long bytes) {
        return Math.round(bytes / (double) MEBIBYTE);
    }

    private static String stop(Run run) {
        return run.stopRequest()
                .map(stop -> "; its end was asked for at " + stop.at()
                        + (stop.killed()
                                ? ", and SIGKILL was sent"
                                : stop.signal()
                                        .map(signal -> ", and SIG" + signal + " was sent")
                                        .orElse("")))
                .orElse("");
    }

    private static String withoutEngine(NodeState node) {
        return "the container engine of node " + node.name() + " can't be reached"
                + node.engineTroubleSince().map(at -> " since " + at).orElse("")
                + node.engineTrouble()
                        .map(trouble -> " (" + withoutEnd(trouble) + ")")
                        .orElse("");
    }

    private static String withoutEnd(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
