package io.gantry.logs;

import io.gantry.access.Needs;
import io.gantry.access.Right;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** What a run's container wrote. */
@Path("/runs/{id}/logs")
public final class RunLogsResource {

    private final LogsResource logs;

    public RunLogsResource(LogsResource logs) {
        this.logs = logs;
    }

    @GET
    @Produces({LogsResource.TEXT, LogsResource.NDJSON})
    @Needs(Right.READ)
    @Operation(operationId = "getLogOfRun")
    public Response get(
            @PathParam("id") String id,
            @Context HttpHeaders headers,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        return logs.ofRun(id, headers, request, response);
    }
}
