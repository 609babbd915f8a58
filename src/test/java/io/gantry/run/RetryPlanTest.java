package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.task.Command;
import io.gantry.task.Retries;
import io.gantry.task.RetryLimits;
import io.gantry.task.TaskId;
import io.gantry.task.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RetryLimits LIMITS = new RetryLimits(10, Duration.ofSeconds(10), Duration.ofMinutes(2));

    @ParameterizedTest
    @CsvSource({"1, PT10S", "2, PT20S", "3, PT40S", "5, PT1M45S", "40, PT1M45S"})
    void waits_twice_as_long_each_time_up_to_a_ceiling(int attempt, Duration wait) {
        assertThat(new RetryPlan(LIMITS, () -> 0.5).after(failed(attempt, 50))).contains(wait);
    }

    @ParameterizedTest
    @CsvSource({"0.0, PT7.5S", "1.0, PT12.5S"})
    void strays_by_a_quarter_at_most(double random, Duration wait) {
        assertThat(new RetryPlan(LIMITS, () -> random).after(failed(1, 1))).contains(wait);
    }

    @ParameterizedTest
    @CsvSource({"4, 0.0, PT60S", "4, 1.0, PT100S", "5, 0.0, PT90S", "9, 0.2, PT96S", "9, 0.9, PT117S"})
    void strays_at_the_ceiling_too_but_not_above_it(int attempt, double random, Duration wait) {
        assertThat(new RetryPlan(LIMITS, () -> random).after(failed(attempt, 50)))
                .contains(wait);
    }

    @Test
    void is_never_above_the_ceiling_however_the_dice_fall() {
        assertThat(new RetryPlan(LIMITS, () -> 1.0).after(failed(9, 9))).contains(Duration.ofMinutes(2));
    }

    @Test
    void ends_with_the_tasks_limit() {
        RetryPlan plan = new RetryPlan(LIMITS);

        assertThat(plan.after(failed(1, 0))).isEmpty();
        assertThat(plan.after(failed(3, 3))).isPresent();
        assertThat(plan.after(failed(4, 3))).isEmpty();
    }

    @Test
    void is_for_the_failures_that_the_task_names_and_for_no_other_end() {
        RetryPlan plan = new RetryPlan(LIMITS);

        assertThat(plan.after(ended(Outcome.failed(FailureCode.OUT_OF_MEMORY, "x"), 1, 3)))
                .isEmpty();
        assertThat(plan.after(ended(new Outcome.Succeeded(Outcome.OomKill.NOT_SEEN), 1, 3)))
                .isEmpty();
        assertThat(plan.after(ended(Outcome.cancelled(), 1, 3))).isEmpty();
    }

    private static Run failed(int attempt, int limit) {
        return ended(Outcome.failed(FailureCode.EXIT_CODE, "3"), attempt, limit);
    }

    private static Run ended(Outcome outcome, int attempt, int limit) {
        TaskSpec spec = new TaskSpec.Builder("busybox", new Command.Shell("work"))
                .retries(new Retries(limit, Duration.ofSeconds(10), List.of("exit-code")))
                .build();
        return Run.queued(RunId.random(), TaskId.random(), spec, new Run.Enqueued(1, NOW, RunTrigger.CREATE, attempt))
                .on(new RunEvent.Claimed(new Owner("a", UUID.randomUUID()), NOW))
                .on(new RunEvent.Ended(outcome, NOW, true));
    }
}
