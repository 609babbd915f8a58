package io.gantry.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskSpecTest {

    private static final TaskPolicy STRICT = new TaskPolicy(
            TimeLimits.STANDARD,
            ResourceLimits.STANDARD,
            RetryLimits.STANDARD,
            new ConfinementPolicy(
                    Sandbox.STRICT, Sandbox.STRICT, "bridge", List.of("bridge", "none"), Optional.empty(), List.of()),
            ImagePatterns.ANY);

    @ParameterizedTest
    @ValueSource(strings = {"root", "0", "0:0", "nobody", "1000:0", "1000:wheel"})
    void of_before_only_strict_was_allowed_loses_a_user_that_may_be_root(String user) {
        TaskSpec within = loose(user).within(STRICT);

        assertThat(within.confinement().sandbox()).isEqualTo(Sandbox.STRICT);
        assertThat(within.user()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "1000:1000"})
    void of_before_only_strict_was_allowed_keeps_a_user_that_is_not_root(String user) {
        assertThat(loose(user).within(STRICT).user()).contains(user);
    }

    @Test
    void keeps_its_user_where_standard_is_allowed() {
        assertThat(loose("root").within(TaskPolicy.STANDARD).user()).contains("root");
    }

    private static TaskSpec loose(String user) {
        return new TaskSpec.Builder("busybox", new Command.Shell("id"))
                .user(Optional.of(user))
                .build();
    }
}
