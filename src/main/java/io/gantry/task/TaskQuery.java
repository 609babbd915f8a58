package io.gantry.task;

import io.gantry.access.Scope;
import io.gantry.database.Mark;
import io.gantry.database.Rows;
import io.gantry.database.Slice;
import io.gantry.jsonapi.Cursor;
import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.QueryRules;
import io.gantry.jsonapi.ResourceType;
import io.gantry.jsonapi.SortKey;
import io.gantry.listing.PageEdges;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a client may ask of a list of tasks, in terms of what is stored. */
record TaskQuery(TaskFilter filter, TaskOrder order, Slice slice) {

    /** The parameters of answers that hold one task. */
    static QueryRules one(ResourceType runs) {
        return QueryRules.forAnswersOf(TaskDocument.TASKS, runs).including("latestRun", "runs");
    }

    /** The parameters of lists, newest first unless something else is asked for. */
    static QueryRules list(ResourceType runs) {
        return one(runs)
                .pagedBy(SortKey.descending(TaskSort.CREATED_AT.word()), TaskSort.TITLE.word(), TaskSort.STATUS.word())
                .filteredBy(
                        "status",
                        Arrays.stream(TaskStatus.values())
                                .map(TaskStatus::word)
                                .collect(Collectors.toUnmodifiableSet()))
                .filteredBy("image");
    }

    static TaskQuery of(Query query, Scope scope) {
        TaskOrder order = TaskOrder.of(query.sort());
        return new TaskQuery(
                new TaskFilter(scope, statuses(query), query.filter("image").map(words -> words.get(0))),
                order,
                new Slice(
                        query.pageSize(),
                        query.after().map(cursor -> mark(cursor, order)),
                        query.before().map(cursor -> mark(cursor, order))));
    }

    /** Where the page before these rows ends. */
    Optional<Cursor> previous(Query query, Rows<Task> page) {
        return PageEdges.previous(query, page, order.sort()::mark);
    }

    /** Where the page after these rows begins. */
    Optional<Cursor> next(Query query, Rows<Task> page) {
        return PageEdges.next(query, page, order.sort()::mark);
    }

    private static Mark mark(Cursor cursor, TaskOrder order) {
        String key = order.sort() == TaskSort.CREATED_AT ? cursor.instant(0).toString() : cursor.text(0);
        return new Mark(key, cursor.uuid(1));
    }

    private static Set<TaskStatus> statuses(Query query) {
        return query.filter("status").orElse(List.of()).stream()
                .map(word -> TaskStatus.parse(word).orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
    }
}
