package io.gantry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gantry.contract.OpenApiDocument.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The headers of an answer: those described are there and well-formed, and there are no others of this API. */
final class HeaderRules {

    /** What HTTP itself, its caches and browsers need; a description of the API leaves these out. */
    private static final Set<String> GENERAL = Set.of(
            "cache-control",
            "connection",
            "content-disposition",
            "content-encoding",
            "content-length",
            "content-security-policy",
            "content-type",
            "cross-origin-opener-policy",
            "cross-origin-resource-policy",
            "date",
            "expires",
            "pragma",
            "referrer-policy",
            "transfer-encoding",
            "vary",
            "x-content-type-options",
            "x-frame-options");

    private final OpenApiDocument document;
    private final Schemas schemas;

    HeaderRules(OpenApiDocument document, Schemas schemas) {
        this.document = document;
        this.schemas = schemas;
    }

    List<String> faultsOf(Exchange exchange, Located response) {
        List<String> faults = new ArrayList<>();
        Located described = response.child("headers");
        described.node().properties().forEach(member -> {
            Located header = document.at(described.child(member.getKey()).pointer());
            faults.addAll(faultsOf(exchange, member.getKey(), header));
        });
        faults.addAll(undescribed(exchange, described.node()));
        return faults;
    }

    private List<String> faultsOf(Exchange exchange, String name, Located header) {
        Optional<String> value = exchange.header(name);
        if (value.isEmpty()) {
            boolean required = header.node().path("required").asBoolean();
            return required ? List.of("the header " + name + " is missing") : List.of();
        }
        Located schema = header.child("schema");
        JsonNode typed = typed(value.get(), schema.node().path("type").asText());
        return schemas.faultsOf(typed, schema.pointer()).stream()
                .map(fault -> "the header " + name + " is \"" + value.get() + "\": " + fault)
                .toList();
    }

    private static JsonNode typed(String value, String type) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (type.equals("integer") && value.matches("[0-9]{1,18}")) {
            return nodes.numberNode(Long.parseLong(value));
        }
        if (type.equals("boolean") && value.matches("true|false")) {
            return nodes.booleanNode(Boolean.parseBoolean(value));
        }
        return nodes.textNode(value);
    }

    private static List<String> undescribed(Exchange exchange, JsonNode described) {
        Set<String> known = described.properties().stream()
                .map(member -> member.getKey().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return exchange.headers().keySet().stream()
                .filter(name -> !name.startsWith(":") && !GENERAL.contains(name) && !known.contains(name))
                .map(name -> "the header " + name + " isn't described")
                .toList();
    }
}
