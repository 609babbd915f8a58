package io.gantry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** The examples of errors in {@code openapi.yaml}. */
final class ErrorExamples {

    private ErrorExamples() {}

    /** The title of each code that has an example. */
    static Map<String, String> titles(OpenApiDocument document) {
        Map<String, String> titles = new TreeMap<>();
        document.root().at("/components/examples").forEach(example -> {
            for (JsonNode error : example.path("value").path("errors")) {
                titles.put(error.path("code").asText(), error.path("title").asText());
            }
        });
        return titles;
    }
}
