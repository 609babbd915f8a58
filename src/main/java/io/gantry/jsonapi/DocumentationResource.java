package io.gantry.jsonapi;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The description of this API, for people at {@code /} and for machines at {@code /openapi.yaml} and {@code .json}. */
@Path("/")
public final class DocumentationResource {

    /** The page runs only what this service serves, talks only to this service, and stands in no foreign frame. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final SwaggerUi ui;
    private final ApiDescription description;

    private DocumentationResource(SwaggerUi ui, ApiDescription description) {
        this.ui = ui;
        this.description = description;
    }

    /** Reads everything from the jar, so that no request meets a missing file. */
    public static DocumentationResource packaged() {
        return new DocumentationResource(SwaggerUi.packaged(), ApiDescription.packaged());
    }

    @GET
    @Operation(operationId = "getDocumentation")
    @Produces("text/html")
    public Response page(@BeanParam Call call) {
        return serve(ui.page(), call);
    }

    @GET
    @Path("openapi.yaml")
    @Operation(operationId = "getOpenApiYaml")
    @Produces("application/yaml")
    public Response yaml(@BeanParam Call call) {
        return serve(description.yaml(), call);
    }

    @GET
    @Path("openapi.json")
    @Operation(operationId = "getOpenApiJson")
    @Produces("application/json")
    public Response json(@BeanParam Call call) {
        return serve(description.json(), call);
    }

    @GET
    @Path("documentation/{file}")
    @Hidden
    public Response file(@PathParam("file") String name, @BeanParam Call call) {
        return serve(ui.file(name).orElseThrow(NotFoundException::new), call);
    }

    private static Response serve(StaticFile file, Call call) {
        call.query(QueryRules.none());
        VersionTag version = new VersionTag(file.tag().getValue(), Optional.empty());
        Response.ResponseBuilder answer =
                call.isKnown(version) ? Response.notModified() : Response.ok(file.bytes(), file.mediaType());
        return answer.tag(file.tag())
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .build();
    }
}
