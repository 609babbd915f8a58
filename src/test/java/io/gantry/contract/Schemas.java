package io.gantry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import java.util.List;
import java.util.Map;

/** The schemas of {@code openapi.yaml}, addressed by where they stand in it. */
final class Schemas {

    private static final String DOCUMENT = "https://gantry.invalid/openapi.json";

    private final SchemaRegistry registry;

    Schemas(OpenApiDocument document) {
        registry = SchemaRegistry.withDefaultDialect(
                dialect(document),
                builder -> builder.schemas(Map.of(DOCUMENT, document.root().toString()))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
    }

    /** What is wrong with a value, in words; empty if nothing is. */
    List<String> faultsOf(JsonNode value, String pointer) {
        return registry.getSchema(SchemaLocation.of(DOCUMENT + "#" + pointer)).validate(value).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}
