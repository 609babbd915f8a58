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

/** What the container of a task's latest run wrote. */
@Path("/tasks/{id}/logs")
public final class TaskLogsResource {

    private final LogsResource logs;

    public TaskLogsResource(LogsResource logs) {
        this.logs = logs;
    }

    @GET
    @Produces({LogsResource.TEXT, LogsResource.NDJSON})
    @Needs(Right.READ)
    @Operation(operationId = "getLogOfTask")
    public Response get(
            @PathParam("id") String id,
            @Context HttpHeaders headers,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response) {
        return logs.ofTask(id, headers, request, response);
    }
}
