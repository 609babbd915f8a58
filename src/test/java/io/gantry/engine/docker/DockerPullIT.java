package io.gantry.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.util.Duration;
import io.gantry.engine.ContainerPlans;
import io.gantry.engine.CreateResult;
import io.gantry.engine.ImageReference;
import io.gantry.engine.Pull;
import io.gantry.engine.PullProgress;
import io.gantry.engine.PullResult;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pulls by the Docker engine of this machine from a registry on a loopback port. */
class DockerPullIT {

    private static final java.time.Duration LONG = java.time.Duration.ofSeconds(20);

    private final TestRegistry registry = TestRegistry.start();
    private final ImageReference image = new ImageReference(registry.image("team/tool:1.0"));
    private final DockerEngine engine = engine(Duration.seconds(60), Duration.seconds(20));

    private static DockerEngine engine(Duration whole, Duration stall) {
        return engine(whole, stall, List.of());
    }

    private static DockerEngine engine(Duration whole, Duration stall, List<RegistryAccount> accounts) {
        DockerConfiguration configuration =
                new DockerConfiguration("", Duration.seconds(10), Duration.seconds(60), whole, stall, accounts);
        return DockerEngine.at(configuration, (call, took, answer) -> {});
    }

    @AfterEach
    void close() {
        registry.close();
        TestImages.remove(image.normalised());
        engine.close();
    }

    private PullResult pull(ImageReference reference) {
        return pull(engine, reference);
    }

    private static PullResult pull(DockerEngine by, ImageReference reference) {
        try (Pull pull = by.pull(reference)) {
            return pull.await(LONG).orElseThrow();
        }
    }

    @Test
    void brings_an_image_with_the_registrys_digest() {
        String digest = registry.has("team/tool", "1.0");
        assertThat(engine.findImage(image)).isEmpty();

        PullResult result = pull(image);

        assertThat(result).isInstanceOfSatisfying(PullResult.Pulled.class, pulled -> {
            assertThat(pulled.image().repoDigest()).contains(digest);
            assertThat(engine.findImage(image)).contains(pulled.image());
        });
    }

    @Test
    void brings_an_image_by_digest_and_a_container_can_be_made_of_it() {
        String digest = registry.has("team/tool", "1.0");
        ImageReference byDigest = new ImageReference(registry.image("team/tool:1.0@" + digest));

        assertThat(pull(byDigest)).isInstanceOf(PullResult.Pulled.class);

        CreateResult created = engine.create(
                ContainerPlans.exec("true").image(byDigest.value()).plan());
        assertThat(created).isInstanceOf(CreateResult.Created.class);
        engine.remove(((CreateResult.Created) created).container());
        TestImages.remove(byDigest.repository() + "@" + digest);
    }

    @Test
    void tells_how_far_it_is() {
        registry.has("team/tool", "1.0", 8 << 20);
        registry.stopsHalfway();

        try (Pull pull = engine.pull(image)) {
            PullProgress halfway =
                    Awaitility.await().atMost(LONG).until(pull::progress, progress -> progress.bytes() >= 2 << 20);
            assertThat(halfway.layers()).isEqualTo(2);
            assertThat(halfway.layersDone()).isZero();
            assertThat(halfway.totalBytes()).isBetween(8L << 20, 10L << 20);
            assertThat(halfway.bytes()).isLessThan(halfway.totalBytes());

            registry.goesOn();

            assertThat(pull.await(LONG)).containsInstanceOf(PullResult.Pulled.class);
            PullProgress end = pull.progress();
            assertThat(end).isEqualTo(new PullProgress(2, 2, end.totalBytes(), end.totalBytes()));
            assertThat(end.totalBytes()).isGreaterThan(8L << 20);
        }
    }

    @Test
    void by_the_account_for_its_registry_brings_an_image() {
        registry.has("team/tool", "1.0");
        registry.wants("ann", "s3cret/+=\"ü");

        try (DockerEngine member = engine("ann", "s3cret/+=\"ü")) {
            assertThat(pull(member, image)).isInstanceOf(PullResult.Pulled.class);
        }
    }

    @Test
    void without_an_account_fails_with_the_engines_words() {
        registry.has("team/tool", "1.0");
        registry.wants("ann", "s3cret");

        assertThat(pull(image))
                .isInstanceOfSatisfying(
                        PullResult.PullFailed.class,
                        failed -> assertThat(failed.detail()).contains("no basic auth credentials"));
    }

    @Test
    void by_a_wrong_account_is_shown_no_image() {
        registry.has("team/tool", "1.0");
        registry.wants("ann", "s3cret");

        try (DockerEngine stranger = engine("ann", "wr0ng")) {
            assertThat(pull(stranger, image))
                    .isInstanceOfSatisfying(
                            PullResult.NoSuchImage.class,
                            none -> assertThat(none.detail())
                                    .contains("unauthorized")
                                    .doesNotContain("wr0ng"));
        }
    }

    private DockerEngine engine(String user, String password) {
        return engine(
                Duration.seconds(60),
                Duration.seconds(20),
                List.of(
                        new RegistryAccount("registry.example.com", "bob", "another"),
                        new RegistryAccount(image.domain(), user, password)));
    }

    @Test
    void of_an_image_that_the_registry_does_not_have_says_so() {
        assertThat(pull(image))
                .isInstanceOfSatisfying(
                        PullResult.NoSuchImage.class,
                        none -> assertThat(none.detail()).contains("manifest unknown"));
    }

    @Test
    void of_an_image_that_the_registry_does_not_show_says_so() {
        registry.denies();

        assertThat(pull(image)).isInstanceOf(PullResult.NoSuchImage.class);
    }

    @Test
    void from_a_registry_out_of_reach_fails() {
        registry.close();

        assertThat(pull(image))
                .isInstanceOfSatisfying(
                        PullResult.PullFailed.class,
                        failed -> assertThat(failed.detail()).contains("connection refused"));
    }

    @Test
    void without_progress_is_given_up() {
        registry.has("team/tool", "1.0");
        registry.stalls();

        try (DockerEngine impatient = engine(Duration.seconds(60), Duration.seconds(1));
                Pull pull = impatient.pull(image)) {
            assertThat(pull.await(LONG)).contains(new PullResult.PullFailed("no progress for 1 s"));
        }
    }

    @Test
    void that_takes_too_long_is_given_up() {
        registry.has("team/tool", "1.0");
        registry.stalls();

        try (DockerEngine impatient = engine(Duration.seconds(1), Duration.seconds(60));
                Pull pull = impatient.pull(image)) {
            assertThat(pull.await(LONG)).contains(new PullResult.PullFailed("not done within 1 s"));
        }
    }

    @Test
    void that_is_closed_ends_without_a_result() {
        registry.has("team/tool", "1.0");
        registry.stalls();

        Pull pull = engine.pull(image);
        assertThat(pull.await(java.time.Duration.ofMillis(100))).isEqualTo(Optional.empty());
        pull.close();

        assertThat(pull.await(LONG)).isEmpty();
        Awaitility.await()
                .atMost(LONG)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("engine-pull-team/tool")));
    }
}
