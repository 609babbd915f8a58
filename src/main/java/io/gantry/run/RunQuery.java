package io.gantry.run;

import io.gantry.access.Scope;
import io.gantry.database.Keyset.Direction;
import io.gantry.database.Mark;
import io.gantry.database.Rows;
import io.gantry.database.Slice;
import io.gantry.jsonapi.Cursor;
import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.QueryRules;
import io.gantry.jsonapi.SortKey;
import io.gantry.task.TaskDocument;
import io.gantry.task.TaskId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a client may ask of a list of runs, in terms of what is stored. */
record RunQuery(RunFilter filter, Direction direction, Slice slice) {

    /** The parameters of answers that hold one run. */
    static final QueryRules ONE =
            QueryRules.forAnswersOf(RunDocument.RUNS, TaskDocument.TASKS).including("task");

    /** The parameters of lists, newest first unless something else is asked for. */
    static final QueryRules LIST = ONE.pagedBy(SortKey.descending("queuedAt"))
            .filteredBy(
                    "status",
                    Arrays.stream(RunStatus.values()).map(RunStatus::word).collect(Collectors.toUnmodifiableSet()));

    static RunQuery of(Query query, Scope scope, Optional<TaskId> task) {
        return new RunQuery(
                new RunFilter(scope, task, statuses(query)),
                query.sort().isDescending() ? Direction.DESCENDING : Direction.ASCENDING,
                new Slice(
                        query.pageSize(),
                        query.after().map(RunQuery::mark),
                        query.before().map(RunQuery::mark)));
    }

    /** Where the page before these rows ends. */
    static Optional<Cursor> previous(Query query, Rows<PlacedRun> page) {
        return page.hasPrevious() ? edge(query, page.rows(), 0) : Optional.empty();
    }

    /** Where the page after these rows begins. */
    static Optional<Cursor> next(Query query, Rows<PlacedRun> page) {
        return page.hasNext() ? edge(query, page.rows(), page.rows().size() - 1) : Optional.empty();
    }

    /** An empty page lies where the client's own cursor is. */
    private static Optional<Cursor> edge(Query query, List<PlacedRun> runs, int index) {
        if (runs.isEmpty()) {
            return query.after().or(query::before);
        }
        Run run = runs.get(index).run();
        return Optional.of(
                Cursor.of(query.sort(), run.queuedAt().toString(), run.id().toString()));
    }

    private static Mark mark(Cursor cursor) {
        return new Mark(cursor.instant(0).toString(), cursor.uuid(1));
    }

    private static Set<RunStatus> statuses(Query query) {
        return query.filter("status").orElse(List.of()).stream()
                .map(word -> RunStatus.parse(word).orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
    }
}
