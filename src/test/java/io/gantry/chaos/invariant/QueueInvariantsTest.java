package io.gantry.chaos.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.chaos.observer.Bytes;
import io.gantry.chaos.observer.Truth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is promised of order, limits and rows turns red on a good history that was doctored. */
class QueueInvariantsTest {

    private final Story story = Story.good();

    @Test
    void too_many_containers_in_a_list() {
        story.look(Story.running(1), Story.running(2)).look();
        story.assertBroken(new NeverMoreThanTheLimitAtOnce(), "2 containers ran at");
    }

    @Test
    void a_start_before_the_end_of_another_run() {
        story.event("start", 1).event("start", 2).event("die", 1).event("die", 2);
        story.assertBroken(new NeverMoreThanTheLimitAtOnce(), "2 containers ran from");
    }

    @Test
    void too_many_running_rows() {
        story.sees(Row.running(1), Row.running(2));
        story.assertBroken(new NeverMoreThanTheLimitAtOnce(), "more than 1 runs were running");
    }

    @Test
    void a_claim_while_an_older_one_waits() {
        story.sees(Row.queued(1), Row.running(2));
        story.assertBroken(new ClaimedInTheOrderOfAcceptance(), "was claimed while");
    }

    @Test
    void claim_times_against_the_order() {
        story.sees(
                Row.ended(1, "succeeded", 0),
                Row.with(Row.ended(2, "succeeded", 0), "claimed_at", "2026-01-01T00:00:00+00:00"));
        story.assertBroken(new ClaimedInTheOrderOfAcceptance(), "was claimed before");
    }

    @Test
    void a_later_request_that_got_an_earlier_place() {
        story.accepted(3).sees(Row.ended(1, "succeeded", 0), Row.with(Row.ended(3, "succeeded", 0), "position", 0));
        story.assertBroken(new ClaimedInTheOrderOfAcceptance(), "");
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
        story.assertBroken(new AcceptedTasksAreKept(), "was deleted and is stored");
    }

    @Test
    void a_run_without_an_end() {
        story.sees(Row.ended(1, "succeeded", 0), Row.running(2));
        assertThat(new RunsEndOnce().breaches(story.told())).anyMatch(told -> told.contains("hasn't ended"));
    }

    @Test
    void an_end_that_changes() {
        story.sees(Row.ended(1, "succeeded", 0), Row.with(Row.ended(2, "succeeded", 0), "log_complete", false));
        story.assertBroken(new RunsEndOnce(), "changed after its end: log_complete true -> false");
    }

    @Test
    void too_many_tasks() {
        story.sees(Row.queued(1), Row.queued(2), Row.queued(3));
        story.assertBroken(new NeverMoreTasksThanTheLimit(), "3 tasks were stored and 3 counted");
    }

    @Test
    void a_wrong_count_of_tasks() {
        story.counts(1, Row.ended(1, "succeeded", 0), Row.ended(2, "succeeded", 0));
        story.assertBroken(new NeverMoreTasksThanTheLimit(), "2 tasks were stored and 1 counted");
    }

    @Test
    void a_move_back() {
        story.sees(Row.running(1), Row.ended(2, "succeeded", 0));
        story.assertBroken(new MovesFollowTheGraph(), "became running");
    }

    @Test
    void another_end() {
        story.sees(Row.ended(1, "failed", 0), Row.ended(2, "succeeded", 0));
        story.assertBroken(new MovesFollowTheGraph(), "became failed");
    }

    @Test
    void an_end_without_a_claim() {
        story.sees(Row.queued(3)).sees(Row.with(Row.ended(3, "failed", 1), "claimed_at", null));
        story.assertBroken(new MovesFollowTheGraph(), "was never claimed");
    }

    @Test
    void a_place_that_changes() {
        story.sees(Row.with(Row.ended(1, "succeeded", 0), "position", 9));
        story.assertBroken(new MovesFollowTheGraph(), "position changed from 1 to 9");
    }

    @Test
    void two_owners_in_one_epoch() {
        story.sees(Row.running(3)).sees(Row.with(Row.running(3), "owner", "node-b"));
        story.assertBroken(new OneOwnerAnEpoch(), "had 2 owners in epoch 1");
    }

    @Test
    void an_epoch_that_falls() {
        story.sees(Row.with(Row.running(3), "epoch", 2)).sees(Row.running(3));
        story.assertBroken(new OneOwnerAnEpoch(), "went back to epoch 1");
    }

    @Test
    void a_good_history_breaks_none() {
        assertThat(Checker.check(story.told())).isEmpty();
    }

    @Test
    void the_story_is_told_with_the_truth() {
        assertThat(Story.ECHO.command()).isEqualTo(List.of("echo", Story.OUTPUT.strip()));
        assertThat(Story.ECHO.judge(Bytes.of(Story.OUTPUT), Bytes.of(""))).isEqualTo(Truth.Match.WHOLE);
    }
}
