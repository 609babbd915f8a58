package io.gantry.task;

import java.util.List;
import java.util.Optional;

/**
 * How containers may be fenced in, as the operator decides; a task can only ask for more fence.
 *
 * @param usual the profile of a task that doesn't say
 * @param least the loosest profile that a task may say
 * @param network of a task that doesn't say; the strict profile has none
 * @param networks that a task may say
 * @param runtime of a task that doesn't say; absent is the engine's own choice
 * @param runtimes that a task may say
 */
public record ConfinementPolicy(
        Sandbox usual,
        Sandbox least,
        String network,
        List<String> networks,
        Optional<String> runtime,
        List<String> runtimes) {

    /** No network at all. */
    public static final String NONE = "none";

    /** What holds where nothing is configured. */
    public static final ConfinementPolicy STANDARD = new ConfinementPolicy(
            Sandbox.STANDARD, Sandbox.STANDARD, "bridge", List.of("bridge", NONE), Optional.empty(), List.of());

    /** What a task gets that says nothing. */
    Confinement usually() {
        return new Confinement(usual, networkFor(usual), runtime);
    }

    /** The network of a task with this profile that doesn't say. */
    String networkFor(Sandbox sandbox) {
        return sandbox == Sandbox.STRICT ? NONE : network;
    }

    /** What is left of a wish, also of one from before the policy was changed. */
    Confinement within(Confinement wish) {
        Sandbox sandbox = wish.sandbox().atLeast(least);
        boolean allowed = networks.contains(wish.network()) || wish.network().equals(NONE);
        return new Confinement(
                sandbox,
                allowed && sandbox != Sandbox.STRICT ? wish.network() : networkFor(sandbox),
                wish.runtime().filter(runtimes::contains).or(() -> runtime));
    }
}
