package io.gantry.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CallersAreSlowedDownIT {

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().authenticated().rateLimit(20));

    @Test
    void one_who_asks_too_often_is_told_when_to_come_back_and_others_are_not_slowed_down() {
        GantryClient eager = gantry.client().as(gantry.token("viewer", "eager"));
        List<Answer> answers = new ArrayList<>();
        Instant begun = Instant.now();
        for (int i = 0; i < 30; i++) {
            answers.add(eager.get("/tasks"));
        }
        long secondsForOneMore = 3;
        long refilled = 1 + Duration.between(begun, Instant.now()).toSeconds() / secondsForOneMore;

        assertThat(answers.subList(0, 20)).allMatch(answer -> answer.status() == 200);
        assertThat(answers.stream().filter(answer -> answer.status() == 200).count())
                .isBetween(20L, 20 + refilled);
        Answer last = answers.stream()
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(last.json().at("/errors/0/code").asText()).isEqualTo("rate-limited");
        assertThat(last.header("Retry-After").map(Integer::parseInt).orElseThrow())
                .isBetween(1, 3);
        assertThat(gantry.client()
                        .as(gantry.token("viewer", "calm"))
                        .get("/tasks")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void one_who_tries_out_tokens_is_not_heard_any_more() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            statuses.add(gantry.client().as("guess-" + i).get("/tasks").status());
        }

        assertThat(statuses.get(0)).isEqualTo(401);
        assertThat(statuses).contains(429);
    }
}
