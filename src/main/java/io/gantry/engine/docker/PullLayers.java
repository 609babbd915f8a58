package io.gantry.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.engine.PullProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The layers of one pull, put together from the lines of the engine's answer (Docker Engine API, {@code POST
 * /images/create}): {@code status}, {@code id} and {@code progressDetail}. Used by one thread.
 */
final class PullLayers {

    /** Docker allows an image 127; an engine that names layers without end shall not fill our memory. */
    private static final int MOST = 1000;

    /** The line whose {@code id} is the tag. */
    private static final String HEADLINE = "Pulling from ";

    private static final String DOWNLOADING = "Downloading";
    private static final Set<String> DOWNLOADED = Set.of("Download complete", "Extracting", "Pull complete");
    private static final Set<String> DONE = Set.of("Pull complete", "Already exists");

    private final Map<String, Layer> layers = new HashMap<>();

    private record Layer(long bytes, long total, boolean done) {
        static final Layer NEW = new Layer(0, 0, false);

        Layer after(String status, JsonNode detail) {
            if (status.equals(DOWNLOADING)) {
                long size = Math.max(0, detail.path("total").asLong());
                return new Layer(
                        Math.min(size, Math.max(0, detail.path("current").asLong())), size, done);
            }
            return new Layer(DOWNLOADED.contains(status) ? total : bytes, total, done || DONE.contains(status));
        }
    }

    /** Takes in one line; one that tells of no layer changes nothing. */
    void take(JsonNode line) {
        String id = line.path("id").asText("");
        String status = line.path("status").asText("");
        boolean room = layers.size() < MOST || layers.containsKey(id);
        if (!id.isEmpty() && !status.startsWith(HEADLINE) && room) {
            layers.put(id, layers.getOrDefault(id, Layer.NEW).after(status, line.path("progressDetail")));
        }
    }

    PullProgress progress() {
        return new PullProgress(
                layers.size(),
                (int) layers.values().stream().filter(Layer::done).count(),
                layers.values().stream().mapToLong(Layer::bytes).sum(),
                layers.values().stream().mapToLong(Layer::total).sum());
    }
}
