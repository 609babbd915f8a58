package io.gantry.chaos.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.chaos.observer.Bytes;
import io.gantry.chaos.observer.Census.Inhabitant;
import io.gantry.chaos.observer.Exchange;
import io.gantry.chaos.observer.Exchange.Answer;
import io.gantry.chaos.observer.Exchange.Request;
import io.gantry.chaos.observer.StoredLog.Chunk;
import io.gantry.chaos.observer.Truth;
import io.gantry.chaos.observer.Vitals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each invariant is shown a good history that was doctored, and must turn red; nothing else proves that it looks. */
class InvariantsTest {

    private static final Optional<String> NOTHING = Optional.empty();

    private final Story story = Story.good();

    private void assertBroken(Invariant invariant, String breach) {
        assertThat(invariant.breaches(story.told()))
                .isNotEmpty()
                .allSatisfy(told -> assertThat(told).contains(breach));
    }

    @Test
    void a_good_history_breaks_none() {
        assertThat(Checker.check(story.told())).isEmpty();
    }

    @Test
    void too_many_containers_in_a_list() {
        story.look(Story.running(1), Story.running(2)).look();
        assertBroken(new NeverMoreThanTheLimitAtOnce(), "2 containers ran at");
    }

    @Test
    void a_start_before_the_end_of_another_run() {
        story.event("start", 1).event("start", 2).event("die", 1).event("die", 2);
        assertBroken(new NeverMoreThanTheLimitAtOnce(), "2 containers ran from");
    }

    @Test
    void too_many_running_rows() {
        story.sees(Row.running(1), Row.running(2));
        assertBroken(new NeverMoreThanTheLimitAtOnce(), "more than 1 runs were running");
    }

    @Test
    void a_claim_while_an_older_one_waits() {
        story.sees(Row.queued(1), Row.running(2));
        assertBroken(new ClaimedInTheOrderOfAcceptance(), "was claimed while");
    }

    @Test
    void claim_times_against_the_order() {
        story.sees(
                Row.ended(1, "succeeded", 0),
                Row.with(Row.ended(2, "succeeded", 0), "claimed_at", "2026-01-01T00:00:00+00:00"));
        assertBroken(new ClaimedInTheOrderOfAcceptance(), "was claimed before");
    }

    @Test
    void a_later_request_that_got_an_earlier_place() {
        story.accepted(3).sees(Row.ended(1, "succeeded", 0), Row.with(Row.ended(3, "succeeded", 0), "position", 0));
        assertBroken(new ClaimedInTheOrderOfAcceptance(), "");
    }

    @Test
    void an_accepted_task_that_is_not_stored() {
        story.accepted(3);
        assertThat(new AcceptedTasksAreKept().breaches(story.told()))
                .containsExactly(
                        "task " + Story.task(3) + " was accepted and isn't stored",
                        "task " + Story.task(3) + " was accepted and has no run");
    }

    @Test
    void a_deleted_task_that_is_still_there() {
        story.exchange("DELETE", "/tasks/" + Story.task(1), 1, 204);
        assertBroken(new AcceptedTasksAreKept(), "was deleted and is stored");
    }

    @Test
    void a_run_without_an_end() {
        story.sees(Row.ended(1, "succeeded", 0), Row.running(2));
        assertThat(new RunsEndOnce().breaches(story.told())).anyMatch(told -> told.contains("hasn't ended"));
    }

    @Test
    void an_end_that_changes() {
        story.sees(Row.ended(1, "succeeded", 0), Row.with(Row.ended(2, "succeeded", 0), "log_complete", false));
        assertBroken(new RunsEndOnce(), "changed after its end: log_complete true -> false");
    }

    @Test
    void a_second_start() {
        story.event("start", 1);
        assertBroken(new StartedAtMostOnce(), "was started 2 times");
    }

    @Test
    void a_second_container() {
        story.event("start", "another", Map.of("io.gantry.run", Story.run(1).toString()));
        assertBroken(new StartedAtMostOnce(), "in 2 containers");
    }

    @Test
    void a_container_that_is_left() {
        story.look(Story.running(1));
        assertBroken(new NothingIsLeftBehind(), "is left");
    }

    @Test
    void a_stranger_that_is_gone() {
        story.lookOnly(List.of());
        assertBroken(new StrangersAreUntouched(), "isn't as it was");
    }

    @Test
    void a_stranger_that_was_started() {
        story.lookOnly(List.of(new Inhabitant(Story.STRANGER, "running", Map.of())));
        assertBroken(new StrangersAreUntouched(), "isn't as it was");
    }

    @Test
    void something_done_to_a_stranger() {
        story.event("destroy", Story.STRANGER, Map.of());
        assertBroken(new StrangersAreUntouched(), "destroy");
    }

    @Test
    void a_log_with_other_bytes() {
        story.log(1, "S 1 7923\n");
        assertBroken(new LogsAreExact(), "isn't what its container wrote");
    }

    @Test
    void a_log_with_a_byte_twice() {
        story.log(1, List.of(chunk(1, 0, Story.OUTPUT), chunk(2, 8, "\n")), Story.OUTPUT + "\n");
        assertThat(new LogsAreExact().breaches(story.told())).anyMatch(told -> told.contains("isn't where"));
    }

    @Test
    void a_part_of_a_log_that_is_called_complete() {
        story.log(1, "S 1");
        assertBroken(new LogsAreExact(), "only a beginning");
    }

    @Test
    void a_part_of_a_log_that_is_called_incomplete_is_right() {
        story.log(1, "S 1")
                .sees(Row.with(Row.ended(1, "succeeded", 0), "log_complete", false), Row.ended(2, "succeeded", 0));
        assertThat(new LogsAreExact().breaches(story.told())).isEmpty();
    }

    @Test
    void a_log_that_is_served_otherwise() {
        story.log(1, List.of(chunk(1, 0, Story.OUTPUT)), "");
        assertBroken(new LogsAreExact(), "served other than");
    }

    @Test
    void a_log_without_a_container() {
        story.sees(Row.ended(1, "succeeded", 0), Row.ended(2, "succeeded", 0), Row.ended(3, "cancelled", 0))
                .log(3, "from nowhere");
        assertBroken(new LogsAreExact(), "never had a container");
    }

    @Test
    void too_many_tasks() {
        story.sees(Row.queued(1), Row.queued(2), Row.queued(3));
        assertBroken(new NeverMoreTasksThanTheLimit(), "3 tasks were stored and 3 counted");
    }

    @Test
    void a_wrong_count_of_tasks() {
        story.counts(1, Row.ended(1, "succeeded", 0), Row.ended(2, "succeeded", 0));
        assertBroken(new NeverMoreTasksThanTheLimit(), "2 tasks were stored and 1 counted");
    }

    @Test
    void a_move_back() {
        story.sees(Row.running(1), Row.ended(2, "succeeded", 0));
        assertBroken(new MovesFollowTheGraph(), "became running");
    }

    @Test
    void another_end() {
        story.sees(Row.ended(1, "failed", 0), Row.ended(2, "succeeded", 0));
        assertBroken(new MovesFollowTheGraph(), "became failed");
    }

    @Test
    void an_end_without_a_claim() {
        story.sees(Row.queued(3)).sees(Row.with(Row.ended(3, "failed", 1), "claimed_at", null));
        assertBroken(new MovesFollowTheGraph(), "was never claimed");
    }

    @Test
    void a_place_that_changes() {
        story.sees(Row.with(Row.ended(1, "succeeded", 0), "position", 9));
        assertBroken(new MovesFollowTheGraph(), "position changed from 1 to 9");
    }

    @Test
    void another_exit_code_than_the_engines() {
        story.sees(Row.ended(1, "failed", 4));
        assertBroken(new OutcomesAreTheEngines(), "its exit code is Optional[4], the engine told Optional[0]");
    }

    @Test
    void a_success_with_an_exit_code() {
        story.event("start", 3).event("die", 3, "exitCode", "4").sees(Row.ended(3, "succeeded", 4));
        assertBroken(new OutcomesAreTheEngines(), "it succeeded with");
    }

    @Test
    void another_reason_than_the_exit_code() {
        story.event("start", 3)
                .event("die", 3, "exitCode", "4")
                .sees(Row.with(Row.ended(3, "failed", 4), "failure_code", "container-lost"));
        assertBroken(new OutcomesAreTheEngines(), "it failed with Optional[container-lost]");
    }

    @Test
    void an_exit_code_that_is_not_the_commands() {
        story.truth(3, Story.ECHO)
                .event("start", 3)
                .event("die", 3, "exitCode", "143")
                .sees(Row.with(Row.ended(3, "failed", 143), "failure_code", "exit-code"));
        assertBroken(new OutcomesAreTheEngines(), "it failed with Optional[exit-code] and Optional[143]");
    }

    @Test
    void a_loss_while_the_engine_was_away_is_right() {
        story.event("start", 3)
                .event("die", 3, "exitCode", "143")
                .engineOutage(Instant.EPOCH, Instant.MAX)
                .sees(Row.with(Row.ended(3, "failed", 143), "failure_code", "container-lost"));
        assertThat(new OutcomesAreTheEngines().breaches(story.told())).isEmpty();
    }

    @Test
    void a_lack_of_memory_that_the_engine_knows_nothing_of() {
        story.sees(Row.with(Row.ended(1, "succeeded", 0), "oom_killed", true));
        assertBroken(new OutcomesAreTheEngines(), "out of memory");
    }

    @Test
    void a_cancellation_that_nobody_asked_for() {
        story.sees(Row.ended(1, "cancelled", 0));
        assertBroken(new OutcomesAreTheEngines(), "nobody asked for that");
    }

    @Test
    void a_refused_task_that_was_stored() {
        story.exchange("POST", "/tasks", 3, 409).sees(Row.queued(1), Row.queued(3));
        assertBroken(new RefusalsHaveNoEffect(), "was refused and stored");
    }

    @Test
    void a_refused_deletion_that_was_done() {
        story.exchange("DELETE", "/tasks/" + Story.task(1), 1, 409).sees(Row.ended(2, "succeeded", 0));
        assertBroken(new RefusalsHaveNoEffect(), "was refused, and it is gone");
    }

    @Test
    void an_answer_500() {
        story.exchange("GET", "/tasks/" + Story.task(1), 1, 500);
        assertBroken(new ErrorsAreHonest(), "-> 500");
    }

    @Test
    void an_answer_503_while_the_database_is_there() {
        unavailable(Optional.of("1"));
        assertBroken(new ErrorsAreHonest(), "-> 503");
    }

    @Test
    void an_answer_503_that_does_not_say_when() {
        Instant from = story.now();
        unavailable(NOTHING);
        story.outage(from, story.now());
        assertBroken(new ErrorsAreHonest(), "-> 503");
    }

    @Test
    void an_answer_503_while_the_database_is_away_is_right() {
        Instant from = story.now();
        unavailable(Optional.of("1"));
        story.outage(from, story.now());
        assertThat(new ErrorsAreHonest().breaches(story.told())).isEmpty();
    }

    private void unavailable(Optional<String> retryAfter) {
        Answer answer = new Answer(503, retryAfter, NOTHING, NOTHING, Bytes.of(""));
        Request request = new Request("GET", "/tasks/1", Optional.of(Story.task(1)), NOTHING, "");
        story.exchange(new Exchange(request, story.now(), story.now(), Optional.of(answer)));
    }

    @Test
    void threads_files_and_connections_that_become_more() {
        story.endsWith(new Vitals(46, 106, 16));
        assertThat(new NothingLeaks().breaches(story.told()))
                .containsExactly(
                        "46 threads instead of 40", "106 open files instead of 100", "16 connections instead of 10");
    }

    @Test
    void two_owners_in_one_epoch() {
        story.sees(Row.running(3)).sees(Row.with(Row.running(3), "owner", "node-b"));
        assertBroken(new OneOwnerAnEpoch(), "had 2 owners in epoch 1");
    }

    @Test
    void an_epoch_that_falls() {
        story.sees(Row.with(Row.running(3), "epoch", 2)).sees(Row.running(3));
        assertBroken(new OneOwnerAnEpoch(), "went back to epoch 1");
    }

    @Test
    void two_tasks_for_one_key() {
        story.exchange("POST", "/tasks", 1, 201, Optional.of("k"), "");
        story.exchange("POST", "/tasks", 2, 201, Optional.of("k"), "");
        assertBroken(new OneTaskAnIdempotencyKey(), "key k created");
    }

    @Test
    void a_refusal_of_a_request_that_was_accepted() {
        story.exchange("POST", "/tasks", 1, 201, Optional.of("k"), "");
        story.exchange("POST", "/tasks", 1, 409, Optional.of("k"), "");
        assertBroken(new OneTaskAnIdempotencyKey(), "though the same request was accepted");
    }

    @Test
    void a_status_that_is_read_and_goes_back() {
        reads("running");
        reads("queued");
        assertBroken(new ReadersSeeProgress(), "said queued after running");
    }

    private void reads(String status) {
        String body = "{\"data\":{\"attributes\":{\"status\":\"" + status + "\"}}}";
        story.exchange("GET", "/tasks/" + Story.task(1), 1, 200, NOTHING, body);
    }

    private static Chunk chunk(long seq, long offset, String text) {
        return new Chunk(seq, 1, offset, offset, Bytes.of(text));
    }

    @Test
    void the_story_is_told_with_the_truth() {
        assertThat(Story.ECHO.command()).isEqualTo(List.of("echo", Story.OUTPUT.strip()));
        assertThat(Story.ECHO.judge(Bytes.of(Story.OUTPUT), Bytes.of(""))).isEqualTo(Truth.Match.WHOLE);
    }
}
