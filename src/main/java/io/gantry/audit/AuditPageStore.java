package io.gantry.audit;

import io.gantry.database.Database;
import io.gantry.database.Keyset;
import io.gantry.database.Keyset.Direction;
import io.gantry.database.Mark;
import io.gantry.database.Rows;
import io.gantry.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** Reads the audit trail, page by page. */
public final class AuditPageStore {

    private static final String COLUMNS = "id, at, caller, roles, address, action, object, status, code, request_id";

    private final Database database;

    public AuditPageStore(Database database) {
        this.database = database;
    }

    /** @param equal columns and what they must say */
    Rows<AuditEntry> list(Map<AuditColumn, String> equal, Direction direction, Slice slice) {
        return database.read(handle -> list(handle, equal, direction, slice));
    }

    /** How many entries match. */
    long count(Map<AuditColumn, String> equal) {
        return database.read(
                handle -> bind(handle.createQuery("select count(*) from audit_entries where " + where(equal)), equal)
                        .mapTo(Long.class)
                        .one());
    }

    private static Rows<AuditEntry> list(
            Handle handle, Map<AuditColumn, String> equal, Direction direction, Slice slice) {
        Keyset keyset = new Keyset("at", "timestamptz", "id", direction);
        String sql = "select " + COLUMNS + " from audit_entries where " + where(equal) + " and " + keyset.where(slice)
                + " order by " + keyset.orderBy(slice) + " limit :limit";
        Query query = bind(handle.createQuery(sql), equal).bind("limit", slice.size() + 1);
        slice.after().or(slice::before).ifPresent(mark -> bind(query, mark));
        List<AuditEntry> fetched = query.map((row, context) -> entry(row)).list();
        return keyset.rows(slice, fetched, AuditEntry::mark, mark -> anyBehind(handle, equal, keyset, slice, mark));
    }

    private static boolean anyBehind(
            Handle handle, Map<AuditColumn, String> equal, Keyset keyset, Slice slice, Mark mark) {
        String sql = "select exists (select 1 from audit_entries where " + where(equal) + " and "
                + keyset.whereBehind(slice) + ")";
        return bind(bind(handle.createQuery(sql), equal), mark)
                .mapTo(Boolean.class)
                .one();
    }

    private static String where(Map<AuditColumn, String> equal) {
        return equal.keySet().stream()
                .map(column -> column.word() + "::text = :" + column.word())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" and "), terms -> terms.isEmpty() ? "true" : terms));
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Map<AuditColumn, String> equal) {
        equal.forEach((column, text) -> statement.bind(column.word(), text));
        return statement;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Mark mark) {
        return statement.bind("mark_key", mark.key()).bind("mark_id", mark.id());
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString("caller")),
                List.of((String[]) row.getArray("roles").getArray()),
                row.getString("address"),
                row.getString("action"),
                row.getString("object"),
                row.getInt("status"),
                Optional.ofNullable(row.getString("code")),
                row.getString("request_id"));
    }
}
