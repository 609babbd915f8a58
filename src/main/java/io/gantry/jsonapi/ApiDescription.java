package io.gantry.jsonapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The packaged {@code openapi.yaml}, as YAML and as JSON. */
record ApiDescription(StaticFile yaml, StaticFile json) {

    static ApiDescription packaged() {
        byte[] yaml = StaticFile.read("io/gantry/jsonapi/openapi.yaml");
        return new ApiDescription(
                StaticFile.of("application/yaml", yaml), StaticFile.of("application/json", asJson(yaml)));
    }

    private static byte[] asJson(byte[] yaml) {
        try {
            JsonNode document = new YAMLMapper().readTree(yaml);
            return new JsonMapper().writeValueAsBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
