package io.gantry.invariant;

import io.gantry.node.Periodic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks now and then that the rules hold. A rule that was found broken stays so until a later look has found it whole: one
 * that couldn't be looked at proves nothing.
 */
public final class Guard {

    private static final Logger log = LoggerFactory.getLogger(Guard.class);

    private final List<Rule> rules;
    private final BiConsumer<Rule, Optional<String>> onLook;
    private final Map<String, String> broken = new ConcurrentHashMap<>();
    private final Periodic rounds;

    /**
     * @param interval between two looks
     * @param onLook told after each look what broke the rule, if anything did; not told when nobody could look
     */
    public Guard(List<Rule> rules, Duration interval, BiConsumer<Rule, Optional<String>> onLook) {
        this.rules = List.copyOf(rules);
        this.onLook = onLook;
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

    private void check(Rule rule) {
        try {
            Optional<String> breach = rule.breach().get();
            tell(rule, breach);
            breach.ifPresentOrElse(seen -> broken.put(rule.name(), seen), () -> broken.remove(rule.name()));
            onLook.accept(rule, breach);
        } catch (RuntimeException e) {
            log.debug("Rule {} couldn't be checked", rule.name(), e);
        }
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
