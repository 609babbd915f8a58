package io.gantry.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.chaos.observer.DockerSocket;
import io.gantry.chaos.observer.EngineEvent;
import java.io.IOException;

/** Containers that nobody will ask for again. */
final class Leftovers {

    private Leftovers() {}

    /** Removes, running or not, what nodes have made whose names begin so. */
    static void remove(DockerSocket docker, String nodes) throws IOException {
        for (JsonNode container : docker.get("/containers/json?all=1")) {
            if (container.path("Labels").path(EngineEvent.NODE).asText().startsWith(nodes)) {
                remove(docker, container.path("Id"));
            }
        }
    }

    private static void remove(DockerSocket docker, JsonNode id) throws IOException {
        docker.call("DELETE", "/containers/" + id.asText() + "?force=1&v=1", "");
    }
}
