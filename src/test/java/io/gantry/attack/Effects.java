package io.gantry.attack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.attack.Stock.Content;
import io.gantry.attack.Wire.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the answers say that was changed; what is stored must have changed so, and not otherwise. From any thread. */
final class Effects {

    private final Content before;
    private final Map<UUID, UUID> runs = new ConcurrentHashMap<>();
    private final Set<UUID> made = ConcurrentHashMap.newKeySet();
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final Set<UUID> removed = ConcurrentHashMap.newKeySet();
    private final AtomicLong done = new AtomicLong();

    Effects(Content before) {
        this.before = before;
    }

    void note(String method, String path, Reply reply) throws IOException {
        boolean success = reply.status() < 300;
        if (!success || !List.of("POST", "PATCH", "DELETE").contains(method)) {
            return;
        }
        String[] segments = path.split("/", -1);
        switch (method) {
            case "DELETE" -> removed.add(UUID.fromString(segments[2]));
            case "PATCH" -> changed.add(UUID.fromString(segments[2]));
            default -> {
                if (reply.status() == 200) {
                    return;
                }
                if (reply.status() == 201 && segments.length == 2) {
                    made.add(id(reply));
                } else if (reply.status() == 201) {
                    runs.put(id(reply), UUID.fromString(segments[2]));
                }
            }
        }
        done.incrementAndGet();
    }

    private static UUID id(Reply reply) throws IOException {
        return UUID.fromString(
                new JsonMapper().readTree(reply.body()).at("/data/id").asText());
    }

    /** What is otherwise than it was answered. */
    List<String> faults(Content after) {
        List<String> faults = new ArrayList<>();
        compare("tasks", before.tasks().keySet(), after.tasks().keySet(), faults);
        compare("tokens", before.tokens(), after.tokens(), faults);
        compareRuns(after, faults);
        after.tasks().forEach((id, at) -> {
            boolean otherwise =
                    before.tasks().containsKey(id) && !at.equals(before.tasks().get(id));
            if (otherwise && !changed.contains(id)) {
                faults.add("task " + id + " was changed, though no answer says so");
            }
        });
        long audited = after.audited() - before.audited();
        if (audited != done.get()) {
            faults.add(done + " calls changed something, and the audit trail tells of " + audited);
        }
        return faults;
    }

    /** Both kinds share the set of what was made; no id is of both. */
    private void compare(String noun, Set<UUID> ids, Set<UUID> now, List<String> faults) {
        Set<UUID> unasked = new HashSet<>(now);
        unasked.removeAll(ids);
        unasked.removeAll(made);
        Set<UUID> lost = new HashSet<>(ids);
        lost.removeAll(now);
        lost.removeAll(removed);
        if (!unasked.isEmpty() || !lost.isEmpty()) {
            faults.add("unasked " + noun + " " + unasked + ", lost " + noun + " " + lost);
        }
    }

    private void compareRuns(Content after, List<String> faults) {
        Map<UUID, UUID> expected = new HashMap<>(before.runs());
        expected.putAll(runs);
        expected.values().removeIf(task -> !after.tasks().containsKey(task));
        if (!expected.keySet().equals(after.runs().keySet())) {
            faults.add("runs are " + after.runs().keySet() + ", not " + expected.keySet());
        }
    }
}
