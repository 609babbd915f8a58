package io.gantry.chaos.observer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.chaos.observer.Census.Inhabitant;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Lists containers and keeps each list that differs from the one before. */
final class ContainerLister {

    private static final JsonMapper JSON = new JsonMapper();

    private final DockerSocket docker;
    private final Predicate<Inhabitant> wanted;
    private final List<Census> censuses = new ArrayList<>();

    ContainerLister(DockerSocket docker, Predicate<Inhabitant> wanted) {
        this.docker = docker;
        this.wanted = wanted;
    }

    Census look() throws IOException {
        JsonNode list = docker.get("/containers/json?all=1");
        Census census = new Census(
                Instant.now(),
                StreamSupport.stream(list.spliterator(), false)
                        .map(ContainerLister::inhabitant)
                        .filter(wanted)
                        .toList());
        keep(census);
        return census;
    }

    private static Inhabitant inhabitant(JsonNode container) {
        return new Inhabitant(
                container.path("Id").asText(),
                container.path("State").asText(),
                JSON.convertValue(
                        container.path("Labels"),
                        JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class)));
    }

    private synchronized void keep(Census census) {
        if (censuses.isEmpty()
                || !censuses.get(censuses.size() - 1).inhabitants().equals(census.inhabitants())) {
            censuses.add(census);
        }
    }

    synchronized List<Census> censuses() {
        return List.copyOf(censuses);
    }
}
