package io.gantry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.util.List;
import java.util.Map;

/** The schemas of {@code openapi.yaml}, addressed by where they stand in it. */
final class Schemas {

    private static final String DOCUMENT = "https://gantry.invalid/openapi.json";

    private static final String DIALECT = "https://gantry.invalid/dialect";

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

    /** The whole document is loaded as if it were a schema, so its members must be known. */
    private static Dialect dialect(OpenApiDocument document) {
        Dialect.Builder dialect = Dialect.builder(DIALECT, Dialects.getOpenApi31());
        document.root().fieldNames().forEachRemaining(name -> dialect.keyword(new NonValidationKeyword(name)));
        return dialect.build();
    }
}
