package io.gantry.scenario;

import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.access.oidc.Issuer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TokensOfAnIssuerLetInIT {

    private static final Issuer ISSUER = new Issuer();

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().authenticated().issuer(ISSUER.url(), Issuer.AUDIENCE));

    @AfterAll
    static void closeIssuer() {
        ISSUER.close();
    }

    @Test
    void its_subject_owns_the_tasks_that_he_creates() {
        GantryClient alice = gantry.client().as(ISSUER.token("alice", List.of("submitter")));

        String task = alice.create(aTask());

        assertThat(alice.task(task).attribute("owner").asText()).isEqualTo("alice");
        assertThat(gantry.client()
                        .as(ISSUER.token("bob", List.of("submitter")))
                        .task(task)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void who_looks_at_all_may_still_change_only_his_own_with_both_roles() {
        String task =
                gantry.client().as(ISSUER.token("alice", List.of("submitter"))).create(aTask());
        GantryClient both = gantry.client().as(ISSUER.token("carol", List.of("submitter", "viewer")));

        assertThat(both.task(task).status()).isEqualTo(200);
        assertThat(both.cancelTask(task).status()).isEqualTo(404);
        assertThat(both.post(aTask()).status()).isEqualTo(201);
    }

    @Test
    void whoever_has_no_role_may_do_nothing() {
        GantryClient dave = gantry.client().as(ISSUER.token("dave", List.of("somewhere-else")));

        assertThat(dave.get("/tasks").status()).isEqualTo(403);
        assertThat(dave.post(aTask()).status()).isEqualTo(403);
    }

    @Test
    void a_token_of_9_kib_is_refused_unread() {
        String large = ISSUER.token("x".repeat(7000), List.of("admin"));

        assertThat(large).hasSizeGreaterThan(9 * 1024);
        assertThat(gantry.client().as(large).get("/tasks").status()).isIn(401, 431);
    }
}
