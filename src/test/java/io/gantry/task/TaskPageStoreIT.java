package io.gantry.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.access.Scope;
import io.gantry.access.TestDeeds;
import io.gantry.database.Keyset.Direction;
import io.gantry.database.Rows;
import io.gantry.database.Slice;
import io.gantry.database.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TaskPageStoreIT {

    private static final List<String> TITLES = List.of("b", "a", "c", "a", "B", "é", "a", "", "😀", "10", "9");

    private static final List<TaskOrder> ORDERS = Stream.of(TaskSort.values())
            .flatMap(sort -> Stream.of(Direction.values()).map(direction -> new TaskOrder(sort, direction)))
            .toList();

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    private final TaskFixture tasks = new TaskFixture(db, 1000);

    @BeforeEach
    void begin() {
        db.empty();
        List<TaskStatus> statuses = List.of(TaskStatus.values());
        for (int i = 0; i < TITLES.size(); i++) {
            Task task = tasks.create(TITLES.get(i), i % 2 == 0 ? "even" : "odd");
            TaskStatus status = statuses.get(i % statuses.size());
            if (status == TaskStatus.RUNNING) {
                tasks.claim(task);
            } else if (!status.isActive()) {
                tasks.end(task, status);
            }
        }
    }

    @Test
    void pages_show_every_task_once_and_in_order_in_both_directions() {
        for (TaskOrder order : ORDERS) {
            List<Task> all = list(order);
            assertThat(all).hasSize(TITLES.size()).doesNotHaveDuplicates();
            for (int size : List.of(1, 2, 3, 11, 20)) {
                assertThat(forwards(TaskFilter.ALL, order, size, page -> {})).isEqualTo(all);
                assertThat(backwards(order, size)).isEqualTo(all);
            }
        }
    }

    @Test
    void descending_is_ascending_reversed_ties_included() {
        for (TaskSort sort : TaskSort.values()) {
            List<Task> reversed = new ArrayList<>(list(new TaskOrder(sort, Direction.DESCENDING)));
            Collections.reverse(reversed);

            assertThat(list(new TaskOrder(sort, Direction.ASCENDING))).isEqualTo(reversed);
        }
    }

    @Test
    void the_order_of_creation_is_exact() {
        assertThat(list(new TaskOrder(TaskSort.CREATED_AT, Direction.ASCENDING)))
                .isSortedAccordingTo(Comparator.comparing(Task::createdAt))
                .extracting(task -> task.draft().title())
                .isEqualTo(TITLES);
    }

    @Test
    void tasks_that_come_and_go_meanwhile_make_no_page_skip_or_repeat_another() {
        TaskOrder order = new TaskOrder(TaskSort.TITLE, Direction.ASCENDING);
        List<Task> before = list(order);
        Task last = before.get(before.size() - 1);
        Task third = before.get(2);
        tasks.end(third, TaskStatus.FAILED);

        List<Task> seen = forwards(TaskFilter.ALL, order, 3, page -> {
            if (page.rows().contains(before.get(0))) {
                tasks.create("0 comes too early to be seen");
                tasks.create("z comes later");
                tasks.store.delete(third.id(), TestDeeds.anyones(), task -> {});
            }
        });

        assertThat(seen).hasSize(before.size() + 1).doesNotHaveDuplicates().contains(last);
        assertThat(seen).extracting(task -> task.draft().title()).contains("z comes later");
    }

    @Test
    void the_ends_of_the_list_are_known_from_every_page() {
        TaskOrder order = new TaskOrder(TaskSort.CREATED_AT, Direction.ASCENDING);
        List<Task> all = list(order);
        Slice beforeSecond = Slice.before(order.sort().mark(all.get(1)), 5);
        Slice afterLast = Slice.after(order.sort().mark(all.get(all.size() - 1)), 5);

        assertThat(tasks.pages.list(TaskFilter.ALL, order, Slice.first(5)))
                .isEqualTo(new Rows<>(all.subList(0, 5), false, true));
        assertThat(tasks.pages.list(TaskFilter.ALL, order, beforeSecond))
                .isEqualTo(new Rows<>(all.subList(0, 1), false, true));
        assertThat(tasks.pages.list(TaskFilter.ALL, order, afterLast)).isEqualTo(new Rows<>(List.of(), true, false));
        assertThat(tasks.pages.list(TaskFilter.ALL, order, Slice.first(all.size())))
                .isEqualTo(new Rows<>(all, false, false));
    }

    @Test
    void filters_hold_for_pages_ends_and_total() {
        TaskOrder order = new TaskOrder(TaskSort.CREATED_AT, Direction.DESCENDING);
        TaskFilter filter =
                new TaskFilter(Scope.ALL, Set.of(TaskStatus.QUEUED, TaskStatus.SUCCEEDED), Optional.of("even"));
        List<Task> expected = list(order).stream()
                .filter(task -> task.spec().image().equals("even"))
                .filter(task -> task.status() == TaskStatus.QUEUED || task.status() == TaskStatus.SUCCEEDED)
                .toList();

        assertThat(expected).hasSize(4);
        assertThat(forwards(filter, order, 1, page -> {})).isEqualTo(expected);
        assertThat(tasks.pages.count(filter)).isEqualTo(4);
        assertThat(tasks.pages.count(new TaskFilter(Scope.ALL, Set.of(), Optional.of("odd"))))
                .isEqualTo(5);
        assertThat(tasks.pages.count(new TaskFilter(Scope.ALL, Set.of(), Optional.of("ev"))))
                .isZero();
        assertThat(tasks.pages.count(TaskFilter.ALL)).isEqualTo(TITLES.size());
    }

    private List<Task> list(TaskOrder order) {
        return tasks.pages.list(TaskFilter.ALL, order, Slice.first(1000)).rows();
    }

    private List<Task> forwards(TaskFilter filter, TaskOrder order, int size, Consumer<Rows<Task>> onPage) {
        List<Task> seen = new ArrayList<>();
        Rows<Task> page = tasks.pages.list(filter, order, Slice.first(size));
        assertThat(page.hasPrevious()).isFalse();
        while (true) {
            seen.addAll(page.rows());
            onPage.accept(page);
            if (!page.hasNext()) {
                return seen;
            }
            Task last = page.rows().get(page.rows().size() - 1);
            page = tasks.pages.list(filter, order, Slice.after(order.sort().mark(last), size));
            assertThat(page.hasPrevious()).isTrue();
        }
    }

    private List<Task> backwards(TaskOrder order, int size) {
        List<Task> all = list(order);
        List<Task> seen = new ArrayList<>(all.subList(all.size() - 1, all.size()));
        Rows<Task> page;
        do {
            page = tasks.pages.list(
                    TaskFilter.ALL, order, Slice.before(order.sort().mark(seen.get(0)), size));
            assertThat(page.hasNext()).isTrue();
            seen.addAll(0, page.rows());
        } while (page.hasPrevious());
        return seen;
    }
}
