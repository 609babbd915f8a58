package io.gantry.audit;

import io.gantry.access.Needs;
import io.gantry.access.Right;
import io.gantry.database.Rows;
import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Document;
import io.gantry.jsonapi.JsonApi;
import io.gantry.jsonapi.Query;
import io.gantry.jsonapi.QueryRules;
import io.gantry.jsonapi.Resource;
import io.gantry.jsonapi.ResourceType;
import io.gantry.jsonapi.SortKey;
import io.gantry.listing.PageEdges;
import io.gantry.listing.TimedPage;
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
        TimedPage wanted = TimedPage.of(query);
        Rows<AuditEntry> page = entries.list(equal, wanted.direction(), wanted.slice());
        Document document = Document.of(
                page.rows().stream().map(AuditResource::resource).toList(),
                PageEdges.previous(query, page, AuditEntry::mark),
                PageEdges.next(query, page, AuditEntry::mark));
        return call.ok(query, document.meta("total", entries.count(equal)));
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
