package io.gantry.task;

import io.gantry.database.Database;
import io.gantry.database.Keyset;
import io.gantry.database.Mark;
import io.gantry.database.Rows;
import io.gantry.database.Slice;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** Lists of tasks, page by page. */
public final class TaskPageStore {

    private final Database database;
    private final TaskRow row = new TaskRow();

    public TaskPageStore(Database database) {
        this.database = database;
    }

    Rows<Task> list(TaskFilter filter, TaskOrder order, Slice slice) {
        return database.read(handle -> list(handle, filter, order, slice));
    }

    /** How many tasks match the filter. */
    long count(TaskFilter filter) {
        return database.read(handle -> count(handle, filter));
    }

    /** The tasks with these ids that exist, in no particular order. */
    public List<Task> list(Collection<TaskId> ids) {
        return database.read(handle -> handle.createQuery(
                        "select " + TaskRow.COLUMNS + " from " + TaskRow.TABLES + " where t.id = any(:ids)")
                .bindArray("ids", UUID.class, ids.stream().map(TaskId::value).toList())
                .map((r, context) -> row.read(r))
                .list());
    }

    private Rows<Task> list(Handle handle, TaskFilter filter, TaskOrder order, Slice slice) {
        Keyset keyset = order.keyset();
        String sql = "select " + TaskRow.COLUMNS + " from " + TaskRow.TABLES + " where " + where(filter) + " and "
                + keyset.where(slice) + " order by " + keyset.orderBy(slice) + " limit :limit";
        Query query = bind(handle.createQuery(sql), filter).bind("limit", slice.size() + 1);
        slice.after().or(slice::before).ifPresent(mark -> bind(query, mark));
        List<Task> fetched = query.map((r, context) -> row.read(r)).list();
        return keyset.rows(slice, fetched, order.sort()::mark, mark -> anyBehind(handle, filter, keyset, slice, mark));
    }

    private static long count(Handle handle, TaskFilter filter) {
        if (filter.isAll()) {
            return handle.createQuery("select tasks from ledger")
                    .mapTo(Long.class)
                    .one();
        }
        String tables = filter.statuses().isEmpty() ? "tasks t" : TaskRow.TABLES;
        return bind(handle.createQuery("select count(*) from " + tables + " where " + where(filter)), filter)
                .mapTo(Long.class)
                .one();
    }

    private static boolean anyBehind(Handle handle, TaskFilter filter, Keyset keyset, Slice slice, Mark mark) {
        String sql = "select exists (select 1 from " + TaskRow.TABLES + " where " + where(filter) + " and "
                + keyset.whereBehind(slice) + ")";
        return bind(bind(handle.createQuery(sql), filter), mark)
                .mapTo(Boolean.class)
                .one();
    }

    private static String where(TaskFilter filter) {
        return (filter.statuses().isEmpty() ? "true" : "r.status = any(:statuses)")
                + (filter.scope().isAll() ? "" : " and t.owner = :owner")
                + (filter.image().isEmpty() ? "" : " and t.image = :image");
    }

    private static <S extends SqlStatement<S>> S bind(S statement, TaskFilter filter) {
        if (!filter.statuses().isEmpty()) {
            statement.bindArray(
                    "statuses",
                    String.class,
                    filter.statuses().stream().map(TaskStatus::word).toList());
        }
        filter.scope().owner().ifPresent(owner -> statement.bind("owner", owner));
        filter.image().ifPresent(image -> statement.bind("image", image));
        return statement;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Mark mark) {
        return statement.bind("mark_key", mark.key()).bind("mark_id", mark.id());
    }
}
