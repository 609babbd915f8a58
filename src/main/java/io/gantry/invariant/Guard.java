package io.gantry.invariant;

import io.gantry.node.Periodic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks now and then that the rules hold. A rule that was found broken stays so until a later look has found it whole: one
 * that couldn't be looked at proves nothing, which is told, too, when it goes on.
 */
public final class Guard {

    private static final Logger log = LoggerFactory.getLogger(Guard.class);
    private static final int FAILED_LOOKS_TOLD = 3;

    private final List<Rule> rules;
    private final Listener listener;
    private final Map<String, String> broken = new ConcurrentHashMap<>();
    private final Map<String, FailedLooks> unseen = new ConcurrentHashMap<>();
    private final Periodic rounds;

    /** Is told of each look at a rule. */
    public interface Listener {

        /** A rule was found whole or broken. */
        void looked(Rule rule, boolean broken);

        /**
         * A rule couldn't be looked at.
         *
         * @param times in a row
         */
        void couldNotLook(Rule rule, int times);
    }

    /** @param times in a row */
    private record FailedLooks(int times, String reason) {}

    /** @param interval between two looks */
    public Guard(List<Rule> rules, Duration interval, Listener listener) {
        this.rules = List.copyOf(rules);
        this.listener = listener;
        this.rounds = new Periodic("guard", interval, this::check);
    }

    public void start() {
        rounds.start();
    }

    public void stop() {
        rounds.stop();
    }

    /** Looks at all rules once. */
    public void check() {
        rules.forEach(this::check);
    }

    /** The rules that are broken, each with its promise and what was seen. */
    public List<String> broken() {
        return rules.stream()
                .filter(rule -> broken.containsKey(rule.name()))
                .map(rule -> rule.name() + ": " + rule.promise() + " Seen: " + broken.get(rule.name()))
                .toList();
    }

    /** The rules that couldn't be looked at several times in a row, each with the reason. */
    public List<String> unseen() {
        return rules.stream().flatMap(rule -> unseen(rule.name()).stream()).toList();
    }

    private Optional<String> unseen(String rule) {
        return Optional.ofNullable(unseen.get(rule))
                .filter(looks -> looks.times() >= FAILED_LOOKS_TOLD)
                .map(looks -> "%s: the last %d looks failed: %s".formatted(rule, looks.times(), looks.reason()));
    }

    private void check(Rule rule) {
        Optional<String> breach;
        try {
            breach = rule.breach().get();
        } catch (RuntimeException e) {
            couldNotLook(rule, e);
            return;
        }
        if (unseen.remove(rule.name()) != null) {
            log.info("Rule {} can be checked again", rule.name());
        }
        tell(rule, breach);
        breach.ifPresentOrElse(seen -> broken.put(rule.name(), seen), () -> broken.remove(rule.name()));
        listener.looked(rule, breach.isPresent());
    }

    private void couldNotLook(Rule rule, RuntimeException e) {
        FailedLooks looks = unseen.merge(
                rule.name(),
                new FailedLooks(1, reason(e)),
                (before, now) -> new FailedLooks(before.times() + 1, now.reason()));
        if (looks.times() == 1) {
            log.warn("Rule {} can't be checked, and counts as it was last seen: {}", rule.name(), looks.reason());
        }
        log.debug("Rule {} couldn't be checked", rule.name(), e);
        listener.couldNotLook(rule, looks.times());
    }

    private static String reason(RuntimeException e) {
        return Optional.ofNullable(e.getMessage()).orElseGet(e::toString);
    }

    private void tell(Rule rule, Optional<String> breach) {
        Optional<String> before = Optional.ofNullable(broken.get(rule.name()));
        if (breach.isPresent() && !breach.equals(before)) {
            log.error("Rule {} is broken. {} Seen: {}", rule.name(), rule.promise(), breach.get());
        } else if (breach.isEmpty() && before.isPresent()) {
            log.warn("Rule {} holds again", rule.name());
        }
    }
}
