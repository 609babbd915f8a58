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
    private final List<Integer> failed = new ArrayList<>();
    private final Rule shaky = new Rule("shaky", "It holds.", this::look);
    private final Rule sound = new Rule("sound", "It holds too.", Optional::empty);
    private final Guard guard = new Guard(List.of(shaky, sound), Duration.ofMinutes(1), new Notes());

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
        assertThat(failed).containsExactly(1);
    }

    @Test
    void a_rule_that_cannot_be_looked_at_for_a_while_is_told_until_it_can() {
        away = true;
        guard.check();
        guard.check();
        assertThat(guard.unseen()).isEmpty();

        guard.check();
        assertThat(guard.unseen()).containsExactly("shaky: the last 3 looks failed: can't look");

        away = false;
        guard.check();
        assertThat(guard.unseen()).isEmpty();
        assertThat(failed).containsExactly(1, 2, 3);
    }

    private Optional<String> look() {
        if (away) {
            throw new IllegalStateException("can't look");
        }
        return breach;
    }

    private final class Notes implements Guard.Listener {

        @Override
        public void looked(Rule rule, boolean broken) {
            if (rule.equals(shaky)) {
                told.add(broken);
            }
        }

        @Override
        public void couldNotLook(Rule rule, int times) {
            assertThat(rule).isEqualTo(shaky);
            failed.add(times);
        }
    }
}
