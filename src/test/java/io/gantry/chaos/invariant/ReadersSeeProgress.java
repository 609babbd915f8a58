package io.gantry.chaos.invariant;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.chaos.observer.Exchange;
import io.gantry.chaos.observer.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Who reads a task again and again never sees its status go back. */
final class ReadersSeeProgress implements Invariant {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, Integer> STAGES = Map.of("queued", 0, "running", 1);
    private static final int OVER = 2;

    @Override
    public Stream<String> breaches(History history) {
        Map<UUID, String> seen = new HashMap<>();
        List<String> breaches = new ArrayList<>();
        for (Exchange exchange : history.exchanges()) {
            if (exchange.request().readsTask() && exchange.hasStatus(200)) {
                UUID task = exchange.request().subject().orElseThrow();
                String status = status(exchange);
                String before = seen.put(task, status);
                if (before != null && isBack(before, status)) {
                    breaches.add(exchange + " said " + status + " after " + before);
                }
            }
        }
        return breaches.stream();
    }

    private static boolean isBack(String before, String now) {
        int was = STAGES.getOrDefault(before, OVER);
        int is = STAGES.getOrDefault(now, OVER);
        return is < was || (was == OVER && !before.equals(now));
    }

    private static String status(Exchange exchange) {
        try {
            return JSON.readTree(exchange.answer().orElseThrow().body().toString())
                    .path("data")
                    .path("attributes")
                    .path("status")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
