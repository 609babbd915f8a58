package io.gantry.jsonapi;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;

/** Which of the names of a JSON:API document a client prefers. */
final class AcceptedTypes {

    private AcceptedTypes() {}

    static String preferred(ContainerRequestContext request) {
        for (MediaType type : request.getAcceptableMediaTypes()) {
            if (type.isCompatible(MediaType.valueOf(JsonApi.MEDIA_TYPE))) {
                return JsonApi.MEDIA_TYPE;
            }
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return MediaType.APPLICATION_JSON;
            }
        }
        return JsonApi.MEDIA_TYPE;
    }
}
