package io.gantry.run;

import io.gantry.access.Scope;
import io.gantry.database.Database;
import io.gantry.database.Keyset;
import io.gantry.database.Mark;
import io.gantry.database.Rows;
import io.gantry.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** Runs as clients see them, with their places in line: one, some, or a page of a list. */
public final class RunPageStore {

    /**
     * Counts the queue once per statement, from its head to the last run on the page, gap by gap: one query and one
     * snapshot for the whole page, however long the queue is.
     */
    private static final String PLACED = """
            with page as materialized (%s),
            gaps as (
                select id, position, lag(position, 1, 0::bigint) over (order by position) as previous
                from page where status = 'queued'),
            places as (
                select id, sum((
                    select count(*) from runs q
                    where q.status = 'queued' and q.position > gaps.previous and q.position <= gaps.position
                )) over (order by position) as place
                from gaps)
            select page.*, places.place::bigint as queue_position
            from page left join places on places.id = page.id
            """;

    private final Database database;
    private final SituationStore situations;
    private final RunRow row = new RunRow();
    private final ImagePullJson pulls = new ImagePullJson();

    public RunPageStore(Database database, SituationStore situations) {
        this.database = database;
        this.situations = situations;
    }

    Optional<PlacedRun> find(RunId id) {
        return find(id, Scope.ALL);
    }

    /** Empty too for a run that is beyond the scope. */
    Optional<PlacedRun> find(RunId id, Scope scope) {
        return database
                .read(handle -> placed(
                        handle,
                        bindOwner(
                                handle.createQuery(PLACED.formatted(
                                                "select * from runs where id = :id and " + within(scope)))
                                        .bind("id", id.value()),
                                scope)))
                .stream()
                .findFirst();
    }

    /** The same in the caller's transaction. */
    Optional<PlacedRun> find(Handle handle, RunId id) {
        return list(handle, List.of(id.value())).stream().findFirst();
    }

    /** The runs with these ids that exist, in no particular order. */
    List<PlacedRun> list(Collection<UUID> ids) {
        return database.read(handle -> list(handle, ids));
    }

    /** So many of the newest runs of each of these tasks, newest first. */
    List<PlacedRun> listNewest(Collection<UUID> tasks, int most) {
        String newest = """
                select r.* from unnest(:tasks) as t (id)
                cross join lateral (
                    select * from runs where task_id = t.id order by queued_at desc limit :most) r""";
        return database.read(handle -> placed(
                handle,
                handle.createQuery(PLACED.formatted(newest) + " order by page.queued_at desc")
                        .bindArray("tasks", UUID.class, tasks)
                        .bind("most", most)));
    }

    Rows<PlacedRun> list(RunFilter filter, Keyset.Direction direction, Slice slice) {
        return database.read(handle -> list(handle, filter, direction, slice));
    }

    /** How many runs match the filter. */
    long count(RunFilter filter) {
        return database.read(
                handle -> bind(handle.createQuery("select count(*) from runs where " + where(filter)), filter)
                        .mapTo(Long.class)
                        .one());
    }

    /** Those of the runs that aren't over. */
    Set<UUID> listActive(Collection<UUID> ids) {
        return database.read(
                handle -> handle.createQuery("select id from runs where id = any(:ids) and finished_at is null")
                        .bindArray("ids", UUID.class, ids)
                        .mapTo(UUID.class)
                        .set());
    }

    private List<PlacedRun> list(Handle handle, Collection<UUID> ids) {
        return placed(
                handle,
                handle.createQuery(PLACED.formatted("select * from runs where id = any(:ids)"))
                        .bindArray("ids", UUID.class, ids));
    }

    private Rows<PlacedRun> list(Handle handle, RunFilter filter, Keyset.Direction direction, Slice slice) {
        Keyset keyset = new Keyset("queued_at", "timestamptz", "id", direction);
        String page = "select * from runs where " + where(filter) + " and " + keyset.where(slice) + " order by "
                + keyset.orderBy(slice) + " limit :limit";
        String sql = PLACED.formatted(page) + " order by " + keyset.orderBy("page.queued_at", "page.id", slice);
        Query query = bind(handle.createQuery(sql), filter).bind("limit", slice.size() + 1);
        slice.after().or(slice::before).ifPresent(mark -> bind(query, mark));
        return keyset.rows(
                slice, placed(handle, query), PlacedRun::mark, mark -> anyBehind(handle, filter, keyset, slice, mark));
    }

    private static boolean anyBehind(Handle handle, RunFilter filter, Keyset keyset, Slice slice, Mark mark) {
        String sql =
                "select exists (select 1 from runs where " + where(filter) + " and " + keyset.whereBehind(slice) + ")";
        return bind(bind(handle.createQuery(sql), filter), mark)
                .mapTo(Boolean.class)
                .one();
    }

    private static String where(RunFilter filter) {
        return (filter.statuses().isEmpty() ? "true" : "status = any(:statuses)")
                + (filter.task().isEmpty() ? "" : " and task_id = :task") + " and " + within(filter.scope());
    }

    private static String within(Scope scope) {
        return scope.isAll() ? "true" : "task_id in (select id from tasks where owner = :owner)";
    }

    private static <S extends SqlStatement<S>> S bindOwner(S statement, Scope scope) {
        scope.owner().ifPresent(owner -> statement.bind("owner", owner));
        return statement;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, RunFilter filter) {
        if (!filter.statuses().isEmpty()) {
            statement.bindArray(
                    "statuses",
                    String.class,
                    filter.statuses().stream().map(RunStatus::word).toList());
        }
        filter.task().ifPresent(task -> statement.bind("task", task.value()));
        return bindOwner(statement, filter.scope());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Mark mark) {
        return statement.bind("mark_key", mark.key()).bind("mark_id", mark.id());
    }

    private List<PlacedRun> placed(Handle handle, Query query) {
        List<Placed> found = query.map((r, context) -> placed(r)).list();
        boolean anyActive = found.stream().anyMatch(placed -> placed.run().isActive());
        Optional<Situation> situation = anyActive ? Optional.of(situations.read(handle)) : Optional.empty();
        return found.stream().map(placed -> placed.explained(situation)).toList();
    }

    private Placed placed(ResultSet r) throws SQLException {
        Run run = row.read(r);
        Optional<ImagePull> written = Optional.ofNullable(r.getString("pull")).map(pulls::read);
        return new Placed(
                run,
                Optional.ofNullable(r.getObject("queue_position", Long.class)),
                PlacedRun.pullAsSeen(run, written));
    }

    /** A run as it was read, still to be explained. */
    private record Placed(Run run, Optional<Long> place, Optional<ImagePull> pull) {

        /** @param situation is there for a run that isn't over */
        PlacedRun explained(Optional<Situation> situation) {
            String explanation =
                    run.isActive() ? Explanation.of(run, place, pull, situation.orElseThrow()) : Explanation.of(run);
            return new PlacedRun(run, place, pull, explanation);
        }
    }
}
