package io.gantry.run;

import io.gantry.access.Scope;
import io.gantry.database.Keyset.Direction;
import io.gantry.database.Slice;
import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.QueryRules;
import io.gantry.jsonapi.SortKey;
import io.gantry.listing.TimedPage;
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
        TimedPage page = TimedPage.of(query);
        return new RunQuery(new RunFilter(scope, task, statuses(query)), page.direction(), page.slice());
    }

    private static Set<RunStatus> statuses(Query query) {
        return query.filter("status").orElse(List.of()).stream()
                .map(word -> RunStatus.parse(word).orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
    }
}
