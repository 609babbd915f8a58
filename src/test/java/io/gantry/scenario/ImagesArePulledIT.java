package io.gantry.scenario;

import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gantry.database.TestDatabase;
import io.gantry.engine.docker.TestImages;
import io.gantry.engine.docker.TestRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ImagesArePulledIT {

    private static final int LARGE = 8 << 20;
    private static final String TOOL = "team/tool";
    private static final String TAG = "1.0";
    private static final TestRegistry MEMBERS_ONLY = TestRegistry.start().wants("ann", "s3cret");
    private static final TestRegistry OTHERS_ONLY = TestRegistry.start().wants("bob", "s3cret");

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.with(GantrySettings.aGantry()
            .account(MEMBERS_ONLY.host(), "ann", "s3cret")
            .account(OTHERS_ONLY.host(), "bob", "wr0ng"));

    private final GantryClient client = gantry.client();
    private final TestRegistry registry = TestRegistry.start();
    private final String image = registry.image(TOOL + ":" + TAG);

    @AfterEach
    void close() {
        registry.close();
        remove(image);
    }

    /** Once the containers that were made of it are gone. */
    private static void remove(String image) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> DockerCommand.containersOfImage(image).isEmpty());
        TestImages.remove(image);
    }

    @AfterAll
    static void closeAll() {
        MEMBERS_ONLY.close();
        OTHERS_ONLY.close();
        remove(MEMBERS_ONLY.image(TOOL + ":" + TAG));
    }

    private TaskBuilder aTool(String pullPolicy) {
        return aTask().image(image).with("pullPolicy", pullPolicy);
    }

    private Answer again(String task) {
        assertThat(client.runAgain(task)).hasStatus(201);
        return client.awaitEnd(task);
    }

    /** The run of the task, once it is seen to wait for bytes that don't come. */
    private Answer awaitHalfway(String task) {
        return client.awaitRun(task, run -> run.attribute("pull.bytes").asLong() >= 2 << 20);
    }

    @Test
    void a_missing_image_is_pulled_and_one_that_is_there_is_not() {
        String digest = registry.has(TOOL, TAG);
        String task = client.create(aTool("missing"));

        Answer first = client.awaitEnd(task);

        assertThat(first).hasAttribute("status", "succeeded").hasAttribute("imageDigest", digest);
        assertThat(Instant.parse(first.attribute("pull.finishedAt").asText()))
                .isBetween(
                        Instant.parse(first.attribute("pull.startedAt").asText()),
                        Instant.parse(first.attribute("finishedAt").asText()));
        assertThat(again(task)).hasAttribute("status", "succeeded").hasNull("pull");
        assertThat(registry.pullsOf(TOOL, TAG)).isEqualTo(1);
    }

    @Test
    void always_notices_that_a_tag_has_moved_and_the_digest_is_that_of_what_ran() {
        String before = registry.has(TOOL, TAG, 1000);
        String task = client.create(aTool("always").command("md5sum /noise"));
        Answer first = client.awaitEnd(task);
        String firstLog = client.logOfTask(task);

        Answer same = again(task);
        String after = registry.has(TOOL, TAG, 1000);
        Answer moved = again(task);

        assertThat(after).isNotEqualTo(before);
        assertThat(first).hasAttribute("status", "succeeded").hasAttribute("imageDigest", before);
        assertThat(same).hasAttribute("imageDigest", before);
        assertThat(moved).hasAttribute("status", "succeeded").hasAttribute("imageDigest", after);
        assertThat(client.logOfTask(task)).endsWith("/noise\n").isNotEqualTo(firstLog);
        assertThat(registry.pullsOf(TOOL, TAG)).isEqualTo(3);
        remove(registry.image(TOOL) + "@" + before);
    }

    @Test
    void always_does_not_make_do_with_what_is_there_when_the_registry_is_gone() {
        registry.has(TOOL, TAG);
        String task = client.create(aTool("always"));
        assertThat(client.awaitEnd(task)).hasAttribute("status", "succeeded");

        registry.close();

        assertThat(again(task)).hasAttribute("status", "failed").hasAttribute("failure.code", "image-pull-failed");
    }

    @Test
    void never_takes_what_is_there_and_pulls_nothing() {
        registry.has(TOOL, TAG);
        String task = client.create(aTool("never"));
        Answer without = client.awaitEnd(task);
        DockerCommand.docker("pull", image);
        long pulls = registry.pullsOf(TOOL, TAG);

        Answer with = again(task);

        assertThat(without)
                .hasAttribute("status", "failed")
                .hasAttribute("failure.code", "image-not-found")
                .hasNull("pull");
        assertThat(without.attribute("failure.detail").asText()).contains(image, "pullPolicy is never");
        assertThat(with).hasAttribute("status", "succeeded").hasNull("pull");
        assertThat(registry.pullsOf(TOOL, TAG)).isEqualTo(pulls);
    }

    @Test
    void a_run_tells_how_far_its_pull_is() {
        registry.has(TOOL, TAG, LARGE);
        registry.stopsHalfway();
        String task = client.create(aTool("missing"));

        Answer halfway = awaitHalfway(task);

        assertThat(halfway)
                .hasAttribute("status", "running")
                .hasAttribute("pull.layers", 2)
                .hasNull("pull.finishedAt")
                .hasNull("imageDigest")
                .hasNull("startedAt");
        assertThat(halfway.attribute("pull.totalBytes").asLong()).isGreaterThan(LARGE);
        assertThat(halfway.attribute("pull.bytes").asLong())
                .isLessThan(halfway.attribute("pull.totalBytes").asLong());
        registry.goesOn();
        Answer end = client.awaitEnd(task);
        assertThat(end)
                .hasAttribute("status", "succeeded")
                .hasAttribute(
                        "pull.startedAt", halfway.attribute("pull.startedAt").asText())
                .hasAttribute("pull.layersDone", 2)
                .hasAttribute("pull.bytes", end.attribute("pull.totalBytes").asLong());
    }

    @Test
    void a_pull_can_be_cancelled() {
        registry.has(TOOL, TAG, LARGE);
        registry.stopsHalfway();
        String task = client.create(aTool("missing"));
        String run = awaitHalfway(task).id();

        client.cancelTask(task);

        Answer end = client.awaitEnd(task);
        assertThat(end).hasAttribute("status", "cancelled").hasNull("failure").hasNull("startedAt");
        assertThat(end.attribute("pull.finishedAt").isNull()).isFalse();
        assertThat(DockerCommand.containersOfRun(run)).isEmpty();
    }

    @Nested
    class Two_runs_that_wait_for_one_image {

        private String first = "";
        private String second = "";

        private void areHalfway() {
            registry.has(TOOL, TAG, LARGE);
            registry.stopsHalfway();
            first = client.create(aTool("missing"));
            second = client.create(aTool("always"));
            awaitHalfway(first);
            awaitHalfway(second);
        }

        @Test
        void share_one_pull() {
            areHalfway();

            registry.goesOn();

            assertThat(client.awaitEnd(first)).hasAttribute("status", "succeeded");
            assertThat(client.awaitEnd(second)).hasAttribute("status", "succeeded");
            assertThat(registry.pullsOf(TOOL, TAG)).isEqualTo(1);
        }

        @Test
        void do_not_end_each_others_pull() {
            areHalfway();

            client.cancelTask(first);
            assertThat(client.awaitEnd(first)).hasAttribute("status", "cancelled");
            registry.goesOn();

            assertThat(client.awaitEnd(second)).hasAttribute("status", "succeeded");
            assertThat(registry.pullsOf(TOOL, TAG)).isEqualTo(1);
        }
    }

    @Nested
    class A_private_registry {

        @Test
        void shows_its_images_to_the_account_of_the_configuration() {
            String digest = MEMBERS_ONLY.has(TOOL, TAG);

            String task = client.create(aTask().image(MEMBERS_ONLY.image(TOOL + ":" + TAG)));

            assertThat(client.awaitEnd(task))
                    .hasAttribute("status", "succeeded")
                    .hasAttribute("imageDigest", digest);
        }

        @Test
        void shows_no_image_to_a_wrong_account() {
            OTHERS_ONLY.has(TOOL, TAG);

            Answer end = client.awaitEnd(client.create(aTask().image(OTHERS_ONLY.image(TOOL + ":" + TAG))));

            assertThat(end).hasAttribute("status", "failed").hasAttribute("failure.code", "image-not-found");
            assertThat(end.attribute("failure.detail").asText())
                    .contains("unauthorized")
                    .doesNotContain("wr0ng");
        }

        @Test
        void that_has_no_account_here_shows_nothing() {
            registry.has(TOOL, TAG);
            registry.wants("ann", "s3cret");

            Answer end = client.awaitEnd(client.create(aTool("missing")));

            assertThat(end).hasAttribute("status", "failed").hasAttribute("failure.code", "image-pull-failed");
            assertThat(end.attribute("failure.detail").asText()).contains("no basic auth credentials");
        }
    }

    @Nested
    class The_death_of_the_service {

        @RegisterExtension
        static final TestDatabase database = TestDatabase.migrated();

        @RegisterExtension
        final GantryProcess process =
                GantryProcess.with(GantrySettings.aGantry().database(database));

        @Test
        void during_a_pull_makes_the_next_life_pull_again() {
            String digest = registry.has(TOOL, TAG, LARGE);
            registry.stopsHalfway();
            GantryClient mine = process.start().client();
            String task = mine.create(aTool("missing"));
            Answer before =
                    mine.awaitRun(task, run -> run.attribute("pull.bytes").asLong() >= 2 << 20);

            process.kill();
            process.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> registry.pullsOf(TOOL, TAG) == 2);
            registry.goesOn();

            Answer end = mine.awaitEnd(task);
            assertThat(end)
                    .hasAttribute("status", "succeeded")
                    .hasAttribute("attempt", 1)
                    .hasAttribute("imageDigest", digest);
            assertThat(end.id()).isEqualTo(before.id());
            assertThat(Instant.parse(end.attribute("pull.startedAt").asText()))
                    .isAfter(Instant.parse(before.attribute("pull.startedAt").asText()));
            assertThat(end.attribute("pull.finishedAt").isNull()).isFalse();
        }
    }
}
