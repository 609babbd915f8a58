package io.gantry.contract;

import java.util.Set;
import java.util.stream.Stream;

/**
 * The query parameters that {@code openapi.yaml} gives to an operation.
 *
 * @param template of the path, as {@code /tasks/{id}}
 */
public record DescribedParameters(String method, String template, Set<String> query) {

    /** One for each operation. */
    public static Stream<DescribedParameters> ofAllOperations() {
        return OpenApiDocument.ofProject().operations().stream()
                .map(operation -> new DescribedParameters(
                        operation.method(), operation.template(), operation.parameters("query")));
    }
}
