package io.gantry.audit;

import io.gantry.access.Needs;
import io.gantry.access.Right;
import io.gantry.database.Keyset.Direction;
import io.gantry.database.Mark;
import io.gantry.database.Rows;
import io.gantry.database.Slice;
import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Cursor;
import io.gantry.jsonapi.Document;
import io.gantry.jsonapi.JsonApi;
import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.QueryRules;
import io.gantry.jsonapi.Resource;
import io.gantry.jsonapi.ResourceType;
import io.gantry.jsonapi.SortKey;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The audit trail over HTTP, for administrators. */
@Path("/audit")
@Produces({JsonApi.MEDIA_TYPE, MediaType.APPLICATION_JSON})
public final class AuditResource {

    private static final ResourceType ENTRIES = new ResourceType(
            "auditEntries",
            List.of("at", "caller", "roles", "address", "action", "object", "status", "code", "requestId"),
            List.of());

    private static final QueryRules LIST = rules();

    private final AuditPageStore entries;

    public AuditResource(AuditPageStore entries) {
        this.entries = entries;
    }

    private static QueryRules rules() {
        QueryRules rules = QueryRules.forAnswersOf(ENTRIES).pagedBy(SortKey.descending("at"));
        for (AuditColumn column : AuditColumn.values()) {
            rules = rules.filteredBy(column.word());
        }
        return rules;
    }

    @GET
    @Needs(Right.ADMINISTER)
    @Operation(operationId = "listAuditEntries")
    public Response list(@BeanParam Call call) {
        Query query = call.query(LIST);
        Map<AuditColumn, String> equal = new EnumMap<>(AuditColumn.class);
        for (AuditColumn column : AuditColumn.values()) {
            query.filter(column.word()).ifPresent(words -> equal.put(column, words.get(0)));
        }
        Slice slice = new Slice(
                query.pageSize(),
                query.after().map(AuditResource::mark),
                query.before().map(AuditResource::mark));
        Direction direction = query.sort().isDescending() ? Direction.DESCENDING : Direction.ASCENDING;
        Rows<AuditEntry> page = entries.list(equal, direction, slice);
        Document document = Document.of(
                page.rows().stream().map(AuditResource::resource).toList(),
                page.hasPrevious() ? edge(query, page.rows(), 0) : Optional.empty(),
                page.hasNext() ? edge(query, page.rows(), page.rows().size() - 1) : Optional.empty());
        return call.ok(query, document.meta("total", entries.count(equal)));
    }

    /** An empty page lies where the client's own cursor is. */
    private static Optional<Cursor> edge(Query query, List<AuditEntry> rows, int index) {
        if (rows.isEmpty()) {
            return query.after().or(query::before);
        }
        AuditEntry entry = rows.get(index);
        return Optional.of(
                Cursor.of(query.sort(), entry.at().toString(), entry.id().toString()));
    }

    private static Mark mark(Cursor cursor) {
        return new Mark(cursor.instant(0).toString(), cursor.uuid(1));
    }

    private static Resource resource(AuditEntry entry) {
        return ENTRIES.resource(entry.id().toString())
                .attribute("at", entry.at())
                .attribute("caller", entry.caller())
                .attribute("roles", entry.roles())
                .attribute("address", entry.address())
                .attribute("action", entry.action())
                .attribute("object", entry.object())
                .attribute("status", entry.status())
                .attribute("code", entry.code())
                .attribute("requestId", entry.requestId())
                .build();
    }
}
