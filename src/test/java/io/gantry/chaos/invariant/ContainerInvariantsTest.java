package io.gantry.chaos.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.chaos.observer.Bytes;
import io.gantry.chaos.observer.Census.Inhabitant;
import io.gantry.chaos.observer.EngineOutage.Effect;
import io.gantry.chaos.observer.StoredLog.Chunk;
import io.gantry.chaos.observer.Truth;
import io.gantry.chaos.observer.Vitals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is promised of containers, logs and outcomes turns red on a good history that was doctored. */
class ContainerInvariantsTest {

    private final Story story = Story.good();

    @Test
    void a_second_start() {
        story.event("start", 1);
        story.assertBroken(new StartedAtMostOnce(), "was started 2 times");
    }

    @Test
    void a_second_container() {
        story.event("start", "another", Map.of("io.gantry.run", Story.run(1).toString()));
        story.assertBroken(new StartedAtMostOnce(), "in 2 containers");
    }

    @Test
    void a_container_that_is_left() {
        story.look(Story.running(1));
        story.assertBroken(new NothingIsLeftBehind(), "is left");
    }

    @Test
    void a_stranger_that_is_gone() {
        story.lookOnly(List.of());
        story.assertBroken(new StrangersAreUntouched(), "isn't as it was");
    }

    @Test
    void a_stranger_that_was_started() {
        story.lookOnly(List.of(new Inhabitant(Story.STRANGER, "running", Map.of())));
        story.assertBroken(new StrangersAreUntouched(), "isn't as it was");
    }

    @Test
    void something_done_to_a_stranger() {
        story.event("destroy", Story.STRANGER, Map.of());
        story.assertBroken(new StrangersAreUntouched(), "destroy");
    }

    @Test
    void a_log_with_other_bytes() {
        story.log(1, "S 1 7923\n");
        story.assertBroken(new LogsAreExact(), "isn't what its container wrote");
    }

    @Test
    void a_log_with_a_byte_twice() {
        story.log(1, List.of(chunk(1, 0, Story.OUTPUT), chunk(2, 8, "\n")), Story.OUTPUT + "\n");
        assertThat(new LogsAreExact().breaches(story.told())).anyMatch(told -> told.contains("isn't where"));
    }

    @Test
    void a_part_of_a_log_that_is_called_complete() {
        story.log(1, "S 1");
        story.assertBroken(new LogsAreExact(), "only a beginning");
    }

    @Test
    void a_part_of_a_log_that_is_called_incomplete_since_the_engine_was_away_is_right() {
        incomplete("S 1").engineOutage(Instant.EPOCH, Instant.MAX, Effect.LEFT_CONTAINERS);
        assertThat(new LogsAreExact().breaches(story.told())).isEmpty();
    }

    @Test
    void a_part_of_a_log_that_is_called_incomplete_without_a_reason() {
        incomplete("S 1");
        story.assertBroken(new LogsAreExact(), "the engine forgot nothing");
    }

    @Test
    void a_log_that_is_called_incomplete_since_the_engine_stood_still() {
        incomplete(Story.OUTPUT).engineOutage(Instant.EPOCH, Instant.MAX, Effect.STOOD_STILL);
        story.assertBroken(new LogsAreExact(), "the engine forgot nothing");
    }

    private Story incomplete(String output) {
        return story.log(1, output)
                .sees(Row.with(Row.ended(1, "succeeded", 0), "log_complete", false), Row.ended(2, "succeeded", 0));
    }

    @Test
    void a_log_that_is_served_otherwise() {
        story.log(1, List.of(chunk(1, 0, Story.OUTPUT)), "");
        story.assertBroken(new LogsAreExact(), "served other than");
    }

    @Test
    void a_log_without_a_container() {
        story.sees(Row.ended(1, "succeeded", 0), Row.ended(2, "succeeded", 0), Row.ended(3, "cancelled", 0))
                .log(3, "from nowhere");
        story.assertBroken(new LogsAreExact(), "never had a container");
    }

    @Test
    void another_exit_code_than_the_engines() {
        story.sees(Row.ended(1, "failed", 4));
        story.assertBroken(new OutcomesAreTheEngines(), "its exit code is Optional[4], the engine told Optional[0]");
    }

    @Test
    void a_success_with_an_exit_code() {
        story.event("start", 3).event("die", 3, "exitCode", "4").sees(Row.ended(3, "succeeded", 4));
        story.assertBroken(new OutcomesAreTheEngines(), "it succeeded with");
    }

    @Test
    void another_reason_than_the_exit_code() {
        story.event("start", 3)
                .event("die", 3, "exitCode", "4")
                .sees(Row.with(Row.ended(3, "failed", 4), "failure_code", "container-lost"));
        story.assertBroken(new OutcomesAreTheEngines(), "it failed with Optional[container-lost]");
    }

    @Test
    void an_exit_code_that_is_not_the_commands() {
        story.truth(3, Story.ECHO)
                .event("start", 3)
                .event("die", 3, "exitCode", "143")
                .sees(Row.with(Row.ended(3, "failed", 143), "failure_code", "exit-code"));
        story.assertBroken(new OutcomesAreTheEngines(), "it failed with Optional[exit-code] and Optional[143]");
    }

    @Test
    void a_success_of_a_command_that_was_cut_short() {
        exitsWithZero("S 1 7922\nS 2 5834\nend 2\n").sees(Row.ended(3, "succeeded", 0));
        story.assertBroken(new OutcomesAreTheEngines(), "it succeeded with");
    }

    @Test
    void a_success_of_a_command_that_was_told_to_end_and_of_which_nothing_more_is_known() {
        story.event("kill", 3);
        exitsWithZero("S 1 7922\n").sees(Row.ended(3, "succeeded", 0));
        story.assertBroken(new OutcomesAreTheEngines(), "it succeeded with");
    }

    @Test
    void a_success_of_a_command_that_has_said_all_is_right() {
        story.event("kill", 3);
        exitsWithZero("S 1 7922\nS 2 5834\nS 3 3746\nend 3\n").sees(Row.ended(3, "succeeded", 0));
        assertThat(new OutcomesAreTheEngines().breaches(story.told())).isEmpty();
    }

    @Test
    void a_success_of_a_command_that_the_engine_saw_end_by_itself_is_right() {
        exitsWithZero("S 1 7922\n").sees(Row.ended(3, "succeeded", 0));
        assertThat(new OutcomesAreTheEngines().breaches(story.told())).isEmpty();
    }

    /** A shell that exits the same whether it is told to end or not. */
    private Story exitsWithZero(String output) {
        return story.truth(3, new Truth(Truth.Kind.COUNTED, 3, 3, 0, 0, 0))
                .event("die", 3, "exitCode", "0")
                .log(3, output);
    }

    @Test
    void a_loss_while_the_engine_was_away_is_right() {
        lost(Effect.ENDED_CONTAINERS, 1);
        assertThat(new OutcomesAreTheEngines().breaches(story.told())).isEmpty();
    }

    @Test
    void a_loss_while_the_engine_stood_still() {
        lost(Effect.STOOD_STILL, 1);
        story.assertBroken(new OutcomesAreTheEngines(), "it failed with Optional[container-lost]");
    }

    @Test
    void a_loss_of_a_container_that_still_runs() {
        Instant from = story.event("start", 3).now();
        story.engineOutage(from, story.now(), Effect.ENDED_CONTAINERS)
                .sees(Row.with(Row.ended(3, "failed", 143), "failure_code", "container-lost"))
                .event("die", 3, "exitCode", "143");
        story.assertBroken(new OutcomesAreTheEngines(), "it failed with Optional[container-lost]");
    }

    @Test
    void a_loss_of_a_container_that_outlived_the_absence_of_the_engine() {
        lost(Effect.LEFT_CONTAINERS, 6);
        story.assertBroken(new OutcomesAreTheEngines(), "it failed with Optional[container-lost]");
    }

    @Test
    void a_loss_of_a_container_that_ended_just_when_the_engine_was_back_is_right() {
        lost(Effect.LEFT_CONTAINERS, 4);
        assertThat(new OutcomesAreTheEngines().breaches(story.told())).isEmpty();
    }

    @Test
    void an_end_that_the_engine_did_not_tell_although_it_only_stood_still() {
        Instant from = story.event("start", 3).now();
        story.engineOutage(from, story.now(), Effect.STOOD_STILL).sees(Row.ended(3, "cancelled", 143));
        story.assertBroken(new OutcomesAreTheEngines(), "the engine told Optional.empty");
    }

    @Test
    void a_code_that_the_engine_did_not_know_and_its_command_does_not_give() {
        endedUnknown(7);
        story.assertBroken(new OutcomesAreTheEngines(), "the engine told Optional[255]");
        endedUnknown(0);
        assertThat(new OutcomesAreTheEngines().breaches(story.told())).isEmpty();
    }

    private void endedUnknown(int exitCode) {
        Instant from = story.accepted(3).truth(3, Story.ECHO).event("start", 3).now();
        story.engineOutage(from, story.now(), Effect.STOOD_STILL)
                .event("die", 3, "exitCode", "255")
                .sees(Row.ended(3, exitCode == 0 ? "succeeded" : "failed", exitCode));
    }

    /** @param after how many seconds after the engine's return its container ends */
    private void lost(Effect effect, int after) {
        Instant from = story.event("start", 3).now();
        story.engineOutage(from, story.now(), effect)
                .passes(after - 1)
                .event("die", 3, "exitCode", "143")
                .sees(Row.with(Row.ended(3, "failed", 143), "failure_code", "container-lost"));
    }

    @Test
    void a_lack_of_memory_that_the_engine_knows_nothing_of() {
        story.sees(Row.with(Row.ended(1, "succeeded", 0), "oom_killed", true));
        story.assertBroken(new OutcomesAreTheEngines(), "out of memory");
    }

    @Test
    void a_cancellation_that_nobody_asked_for() {
        story.sees(Row.ended(1, "cancelled", 0));
        story.assertBroken(new OutcomesAreTheEngines(), "nobody asked for that");
    }

    @Test
    void threads_files_connections_and_a_heap_that_become_more() {
        story.endsWith(new Vitals(46, 106, 16, 57));
        assertThat(new NothingLeaks().breaches(story.told()))
                .containsExactly(
                        "46 threads instead of 40",
                        "106 open files instead of 100",
                        "16 connections instead of 10",
                        "57 MiB of heap instead of 40");
    }

    private static Chunk chunk(long seq, long offset, String text) {
        return new Chunk(seq, 1, offset, offset, Bytes.of(text));
    }
}
