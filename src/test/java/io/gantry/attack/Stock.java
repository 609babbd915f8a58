package io.gantry.attack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.database.TestDatabase;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What the service stores, seen behind its back, and whose credentials the campaign has. */
final class Stock {

    /** At a registry that nobody runs, on this machine: whatever becomes of a task, nothing is pulled and no container made. */
    static final String IMAGE = "127.0.0.1:1/never/there";

    private final TestDatabase database;
    private final List<String> tokens;
    private volatile List<UUID> tasks = List.of();
    private volatile List<UUID> runs = List.of();
    private volatile List<UUID> spareTokens = List.of();

    /** @param tokens the texts of tokens of all roles */
    Stock(TestDatabase database, List<String> tokens) {
        this.database = database;
        this.tokens = List.copyOf(tokens);
    }

    /**
     * What is there.
     *
     * @param tasks with when each was changed last
     * @param runs that clients asked for, with their tasks
     * @param audited how many entries tell of something that was done
     */
    record Content(Map<UUID, OffsetDateTime> tasks, Map<UUID, UUID> runs, Set<UUID> tokens, long audited) {}

    Content look() {
        return database.jdbi()
                .withHandle(handle -> new Content(
                        handle.createQuery("select id, updated_at from tasks")
                                .reduceRows(new HashMap<>(), (all, row) -> {
                                    all.put(
                                            row.getColumn("id", UUID.class),
                                            row.getColumn("updated_at", OffsetDateTime.class));
                                    return all;
                                }),
                        handle.createQuery("select id, task_id from runs where trigger = 'manual'")
                                .reduceRows(new HashMap<>(), (all, row) -> {
                                    all.put(row.getColumn("id", UUID.class), row.getColumn("task_id", UUID.class));
                                    return all;
                                }),
                        new HashSet<>(handle.createQuery("select id from tokens")
                                .mapTo(UUID.class)
                                .list()),
                        handle.createQuery("select count(*) from audit_entries where status < 400")
                                .mapTo(Long.class)
                                .one()));
    }

    /** Takes note of what can be named in requests; tokens that the campaign needs aren't among them. */
    void learn() {
        database.jdbi().useHandle(handle -> {
            tasks = handle.createQuery("select id from tasks order by id")
                    .mapTo(UUID.class)
                    .list();
            runs = handle.createQuery("select id from runs order by id")
                    .mapTo(UUID.class)
                    .list();
            spareTokens = handle.createQuery("select id from tokens where title <> 'for a test' order by id")
                    .mapTo(UUID.class)
                    .list();
        });
    }

    List<UUID> tasks() {
        return tasks;
    }

    List<UUID> spareTokens() {
        return spareTokens;
    }

    String token(Dice dice) {
        return dice.of(tokens);
    }

    /** One that fits into a path. */
    String id(String template, Dice dice) {
        List<UUID> ids = template.startsWith("/tasks") ? tasks : template.startsWith("/runs") ? runs : spareTokens;
        return (ids.isEmpty() ? dice.uuid() : dice.of(ids)).toString();
    }

    /** An example of the contract, changed so that nothing runs; with the id in the path, or with one of its own. */
    JsonNode harmless(JsonNode example, String path, Dice dice) {
        JsonNode body = example.deepCopy();
        if (body.path("data") instanceof ObjectNode data && data.has("id")) {
            String[] segments = path.split("/", -1);
            data.put("id", segments.length == 3 ? segments[2] : dice.uuid().toString());
        }
        if (body.at("/data/attributes") instanceof ObjectNode attributes && attributes.has("image")) {
            attributes.put("image", IMAGE).put("pullPolicy", "never");
        }
        return body;
    }
}
