package io.gantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.access.Scope;
import io.gantry.access.TestDeeds;
import io.gantry.database.Keyset.Direction;
import io.gantry.database.Mark;
import io.gantry.database.Rows;
import io.gantry.database.Slice;
import io.gantry.database.TestDatabase;
import io.gantry.queue.QueueStore;
import io.gantry.queue.QueuedRuns;
import io.gantry.task.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RunPageStoreIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final QueueStore queue = new QueueStore(db.database(), new RunStore(), 2);
    private final QueuedRuns accepted = new QueuedRuns(db.database(), queue);
    private final RunPageStore pages = new RunPageStore(db.database(), new SituationStore(2, Duration.ofSeconds(5)));

    private List<Run> runs = List.of();

    @BeforeEach
    void seven_runs_of_which_two_are_running_and_one_left_the_queue() {
        db.empty();
        runs = accepted.accept(7);
        Owner owner = new Owner("node", UUID.randomUUID());
        queue.claimNext(owner);
        queue.claimNext(owner);
        queue.cancel(runs.get(4).id(), TestDeeds.by("test"));
    }

    @Test
    void a_queued_run_knows_its_place_and_no_other_has_one() {
        assertThat(all(RunFilter.ALL, Direction.ASCENDING))
                .extracting(PlacedRun::queuePosition)
                .containsExactly(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(1L),
                        Optional.of(2L),
                        Optional.empty(),
                        Optional.of(3L),
                        Optional.of(4L));
    }

    @Test
    void places_do_not_depend_on_what_else_is_asked_for() {
        assertThat(pages.find(runs.get(6).id()).orElseThrow().queuePosition()).contains(4L);
        assertThat(pages.list(Stream.of(6, 2).map(i -> runs.get(i).id().value()).toList()))
                .extracting(PlacedRun::queuePosition)
                .containsExactlyInAnyOrder(Optional.of(1L), Optional.of(4L));
        assertThat(pages.list(RunFilter.ALL, Direction.DESCENDING, Slice.first(2))
                        .rows())
                .extracting(PlacedRun::queuePosition)
                .containsExactly(Optional.of(4L), Optional.of(3L));
    }

    @Test
    void pages_show_every_run_once_and_in_order_in_both_directions() {
        for (Direction direction : Direction.values()) {
            List<PlacedRun> all = all(RunFilter.ALL, direction);
            assertThat(all).hasSize(7);
            for (int size : List.of(1, 2, 3, 7)) {
                assertThat(forwards(direction, size)).isEqualTo(all);
                assertThat(backwards(direction, size, all.get(6))).isEqualTo(all);
            }
        }
        List<PlacedRun> reversed = new ArrayList<>(all(RunFilter.ALL, Direction.DESCENDING));
        Collections.reverse(reversed);
        assertThat(all(RunFilter.ALL, Direction.ASCENDING)).isEqualTo(reversed);
    }

    @Test
    void filters_hold_for_pages_and_total() {
        RunFilter queued = new RunFilter(Scope.ALL, Optional.empty(), Set.of(RunStatus.QUEUED));
        RunFilter ofOneTask = new RunFilter(Scope.ALL, Optional.of(runs.get(3).taskId()), Set.of());
        RunFilter nothing = new RunFilter(Scope.ALL, Optional.of(runs.get(3).taskId()), Set.of(RunStatus.RUNNING));

        assertThat(pages.list(queued, Direction.ASCENDING, Slice.first(3)))
                .satisfies(page -> assertThat(page.hasNext()).isTrue())
                .extracting(page -> page.rows().size())
                .isEqualTo(3);
        assertThat(pages.count(queued)).isEqualTo(4);
        assertThat(all(ofOneTask, Direction.ASCENDING))
                .extracting(placed -> placed.run().id())
                .containsExactly(runs.get(3).id());
        assertThat(pages.count(ofOneTask)).isEqualTo(1);
        assertThat(pages.count(nothing)).isZero();
        assertThat(pages.count(RunFilter.ALL)).isEqualTo(7);
    }

    @Test
    void the_newest_runs_of_several_tasks_come_together() {
        List<UUID> tasks =
                Stream.of(0, 5).map(i -> runs.get(i).taskId().value()).toList();

        assertThat(pages.listNewest(tasks, 20))
                .extracting(placed -> placed.run().id())
                .containsExactly(runs.get(5).id(), runs.get(0).id());
        assertThat(pages.listNewest(tasks, 0)).isEmpty();
    }

    @Test
    void runs_that_are_over_or_gone_are_not_active() {
        List<UUID> ids = Stream.of(0, 3, 4).map(i -> runs.get(i).id().value()).toList();
        List<UUID> withStranger = new ArrayList<>(ids);
        withStranger.add(UUID.randomUUID());

        assertThat(pages.listActive(withStranger)).containsExactlyInAnyOrder(ids.get(0), ids.get(1));
    }

    @Test
    void a_task_is_where_its_run_is() {
        assertThat(Stream.of(RunStatus.values()).map(RunStatus::word))
                .containsExactlyElementsOf(
                        Stream.of(TaskStatus.values()).map(TaskStatus::word).toList());
    }

    private List<PlacedRun> all(RunFilter filter, Direction direction) {
        return pages.list(filter, direction, Slice.first(100)).rows();
    }

    private List<PlacedRun> forwards(Direction direction, int size) {
        List<PlacedRun> seen = new ArrayList<>();
        Rows<PlacedRun> page = pages.list(RunFilter.ALL, direction, Slice.first(size));
        seen.addAll(page.rows());
        while (page.hasNext()) {
            page = pages.list(RunFilter.ALL, direction, Slice.after(mark(seen.get(seen.size() - 1)), size));
            assertThat(page.hasPrevious()).isTrue();
            seen.addAll(page.rows());
        }
        return seen;
    }

    private List<PlacedRun> backwards(Direction direction, int size, PlacedRun last) {
        List<PlacedRun> seen = new ArrayList<>(List.of(last));
        Rows<PlacedRun> page;
        do {
            page = pages.list(RunFilter.ALL, direction, Slice.before(mark(seen.get(0)), size));
            assertThat(page.hasNext()).isTrue();
            seen.addAll(0, page.rows());
        } while (page.hasPrevious());
        return seen;
    }

    private static Mark mark(PlacedRun placed) {
        return new Mark(placed.run().queuedAt().toString(), placed.run().id().value());
    }
}
