package io.gantry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.contract.OpenApiDocument.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a schema can't say of a JSON:API document. */
final class DocumentRules {

    private static final Map<String, String> SCHEMAS =
            Map.of("tasks", "Task", "runs", "Run", "auditEntries", "AuditEntry");

    private final OpenApiDocument document;
    private final Map<String, String> titles;

    DocumentRules(OpenApiDocument document) {
        this.document = document;
        this.titles = ErrorExamples.titles(document);
    }

    List<String> faultsOf(Exchange exchange, JsonNode body) {
        List<String> faults = new ArrayList<>();
        elements(body.path("errors")).forEach(error -> faults.addAll(errorFaults(exchange, error)));
        String query = Optional.ofNullable(exchange.target().getQuery()).orElse("");
        Stream.concat(elements(body.path("data")), elements(body.path("included")))
                .filter(resource ->
                        !query.contains("fields[" + resource.path("type").asText() + "]"))
                .forEach(resource -> faults.addAll(gaps(resource)));
        return faults;
    }

    /** The title belongs to the code, and an error's own id is the request's. */
    private List<String> errorFaults(Exchange exchange, JsonNode error) {
        List<String> faults = new ArrayList<>();
        String code = error.path("code").asText();
        String title = error.path("title").asText();
        if (!title.equals(titles.get(code))) {
            faults.add(code + " has the title \"" + title + "\", not \"" + titles.get(code) + "\"");
        }
        String requestId = exchange.header("X-Request-Id").orElse("");
        if (error.has("id") && !error.path("id").asText().equals(requestId)) {
            faults.add("an error's id isn't the request id");
        }
        return faults;
    }

    /** Every field is there unless the client asked for a selection. */
    private List<String> gaps(JsonNode resource) {
        String schema = SCHEMAS.get(resource.path("type").asText());
        if (schema == null) {
            return List.of();
        }
        Located properties = document.at("/components/schemas/" + schema).child("properties");
        return Stream.of("attributes", "relationships")
                .flatMap(group -> {
                    Set<String> missing = new TreeSet<>(
                            names(properties.child(group).child("properties").node()));
                    missing.removeAll(names(resource.path(group)));
                    return missing.stream().map(name -> schema + " lacks " + name);
                })
                .toList();
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return node.isObject() ? Stream.of(node) : StreamSupport.stream(node.spliterator(), false);
    }
}
