package io.gantry.chaos.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.chaos.observer.Bytes;
import io.gantry.chaos.observer.Exchange;
import io.gantry.chaos.observer.Exchange.Answer;
import io.gantry.chaos.observer.Exchange.Request;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is promised to clients turns red on a good history that was doctored. */
class AnswerInvariantsTest {

    private static final Optional<String> NOTHING = Optional.empty();

    private final Story story = Story.good();

    @Test
    void a_refused_task_that_was_stored() {
        story.exchange("POST", "/tasks", 3, 409).sees(Row.queued(1), Row.queued(3));
        story.assertBroken(new RefusalsHaveNoEffect(), "was refused and stored");
    }

    @Test
    void a_refused_deletion_that_was_done() {
        story.exchange("DELETE", "/tasks/" + Story.task(1), 1, 409).sees(Row.ended(2, "succeeded", 0));
        story.assertBroken(new RefusalsHaveNoEffect(), "was refused, and it is gone");
    }

    @Test
    void an_answer_500() {
        story.exchange("GET", "/tasks/" + Story.task(1), 1, 500);
        story.assertBroken(new ErrorsAreHonest(), "-> 500");
    }

    @Test
    void an_answer_503_while_the_database_is_there() {
        unavailable(Optional.of("1"));
        story.assertBroken(new ErrorsAreHonest(), "-> 503");
    }

    @Test
    void an_answer_503_that_does_not_say_when() {
        Instant from = story.now();
        unavailable(NOTHING);
        story.outage(from, story.now());
        story.assertBroken(new ErrorsAreHonest(), "-> 503");
    }

    @Test
    void an_answer_503_while_the_database_is_away_is_right() {
        Instant from = story.now();
        unavailable(Optional.of("1"));
        story.outage(from, story.now());
        assertThat(new ErrorsAreHonest().breaches(story.told())).isEmpty();
    }

    @Test
    void two_tasks_for_one_key() {
        story.exchange("POST", "/tasks", 1, 201, Optional.of("k"), "");
        story.exchange("POST", "/tasks", 2, 201, Optional.of("k"), "");
        story.assertBroken(new OneTaskAnIdempotencyKey(), "key k created");
    }

    @Test
    void a_refusal_of_a_request_that_was_accepted() {
        story.exchange("POST", "/tasks", 1, 201, Optional.of("k"), "");
        story.exchange("POST", "/tasks", 1, 409, Optional.of("k"), "");
        story.assertBroken(new OneTaskAnIdempotencyKey(), "though the same request was accepted");
    }

    @Test
    void a_status_that_is_read_and_goes_back() {
        reads("running");
        reads("queued");
        story.assertBroken(new ReadersSeeProgress(), "said queued after running");
    }

    private void unavailable(Optional<String> retryAfter) {
        Answer answer = new Answer(503, retryAfter, NOTHING, NOTHING, Bytes.of(""));
        Request request = new Request("GET", "/tasks/1", Optional.of(Story.task(1)), NOTHING, "");
        story.exchange(new Exchange(request, story.now(), story.now(), Optional.of(answer)));
    }

    private void reads(String status) {
        String body = "{\"data\":{\"attributes\":{\"status\":\"" + status + "\"}}}";
        story.exchange("GET", "/tasks/" + Story.task(1), 1, 200, NOTHING, body);
    }
}
