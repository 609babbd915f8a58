package io.gantry.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.FakeEngine;
import io.gantry.engine.ImageReference;
import io.gantry.engine.Pull;
import io.gantry.engine.PullProgress;
import io.gantry.engine.PullResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SharedPullsTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeEngine engine = new FakeEngine().registryHas("alpine").pullsHang();
    private final SharedPulls pulls = new SharedPulls(engine);

    private Pull join(String image) {
        return pulls.join(new ImageReference(image));
    }

    @Test
    void one_image_is_pulled_once_for_all_who_wait_for_it_whatever_they_call_it() {
        engine.pullsAreAt(new PullProgress(3, 1, 10, 30));
        try (Pull one = join("alpine");
                Pull other = join("docker.io/library/alpine:latest")) {
            assertThat(engine.journal()).containsExactly("pull alpine");
            assertThat(List.of(one.progress(), other.progress())).containsOnly(new PullProgress(3, 1, 10, 30));

            engine.pullsGoOn();

            assertThat(one.await(LONG)).containsInstanceOf(PullResult.Pulled.class);
            assertThat(other.await(LONG)).isEqualTo(one.await(LONG));
        }
    }

    @Test
    void other_images_have_pulls_of_their_own() {
        try (Pull one = join("alpine");
                Pull other = join("alpine:3")) {
            assertThat(engine.journal()).containsExactly("pull alpine", "pull alpine:3");
            assertThat(one.await(AT_ONCE)).isEqualTo(other.await(AT_ONCE)).isEmpty();
        }
    }

    @Test
    void who_lets_go_leaves_the_others_theirs() {
        Pull one = join("alpine");
        Pull other = join("alpine");

        one.close();
        one.close();

        assertThat(engine.journal()).containsExactly("pull alpine");
        engine.pullsGoOn();
        assertThat(other.await(LONG)).containsInstanceOf(PullResult.Pulled.class);
        other.close();
    }

    @Test
    void a_pull_is_given_up_when_the_last_one_lets_go() {
        Pull one = join("alpine");
        Pull other = join("alpine");

        other.close();
        one.close();

        assertThat(engine.journal()).containsExactly("pull alpine", "give up alpine");
    }

    @Test
    void who_comes_after_the_end_gets_a_pull_of_its_own_though_the_ended_one_is_still_held() {
        Pull early = join("alpine");
        engine.pullsGoOn();
        assertThat(early.await(LONG)).isPresent();

        Pull late = join("alpine");

        assertThat(engine.journal()).containsExactly("pull alpine", "pull alpine");
        early.close();
        engine.pullsHang();
        join("alpine").close();
        assertThat(engine.journal()).as("the late one's is still shared").containsExactly("pull alpine", "pull alpine");
        late.close();
    }

    @Test
    void who_comes_after_the_engine_went_away_gets_a_pull_of_its_own() {
        Pull early = join("alpine");
        engine.goDown();
        assertThatThrownBy(() -> early.await(LONG)).isInstanceOf(EngineUnavailable.class);
        assertThatThrownBy(() -> join("alpine")).isInstanceOf(EngineUnavailable.class);
        engine.comeUp();

        early.close();
        engine.pullsGoOn();
        try (Pull late = join("alpine")) {
            assertThat(late.await(LONG)).containsInstanceOf(PullResult.Pulled.class);
        }
    }

    @Test
    void many_threads_that_come_and_go_leave_nothing_behind() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Pull mine = join("alpine")) {
            Callable<Optional<PullResult>> comeAndGo = () -> {
                try (Pull share = join("alpine")) {
                    return share.await(AT_ONCE);
                }
            };
            for (Future<Optional<PullResult>> went : threads.invokeAll(
                    Stream.generate(() -> comeAndGo).limit(200).toList())) {
                assertThat(went.get()).isEmpty();
            }
            assertThat(mine.await(AT_ONCE)).isEmpty();
            assertThat(engine.journal()).containsExactly("pull alpine");
        } finally {
            threads.shutdownNow();
        }
        assertThat(engine.journal()).containsExactly("pull alpine", "give up alpine");
    }
}
