package io.gantry.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardTest {

    private Optional<String> breach = Optional.empty();
    private boolean away;
    private final List<Boolean> told = new ArrayList<>();
    private final Rule shaky = new Rule("shaky", "It holds.", this::look);
    private final Rule sound = new Rule("sound", "It holds too.", Optional::empty);
    private final Guard guard = new Guard(List.of(shaky, sound), Duration.ofMinutes(1), this::note);

    @Test
    void nothing_is_broken_while_all_rules_hold() {
        guard.check();

        assertThat(guard.broken()).isEmpty();
        assertThat(told).containsExactly(false);
    }

    @Test
    void a_broken_rule_is_told_with_its_promise_and_what_was_seen_until_it_holds_again() {
        breach = Optional.of("It doesn't.");
        guard.check();
        assertThat(guard.broken()).containsExactly("shaky: It holds. Seen: It doesn't.");

        breach = Optional.empty();
        guard.check();
        assertThat(guard.broken()).isEmpty();
        assertThat(told).containsExactly(true, false);
    }

    @Test
    void a_rule_that_cannot_be_looked_at_stays_as_it_was_seen_and_holds_up_no_other() {
        breach = Optional.of("It doesn't.");
        guard.check();

        away = true;
        guard.check();

        assertThat(guard.broken()).hasSize(1);
        assertThat(told).containsExactly(true);
    }

    private Optional<String> look() {
        if (away) {
            throw new IllegalStateException("can't look");
        }
        return breach;
    }

    private void note(Rule rule, Optional<String> seen) {
        if (rule.equals(shaky)) {
            told.add(seen.isPresent());
        }
    }
}
