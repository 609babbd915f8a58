package io.gantry.jsonapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.common.base.Suppliers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** The packaged {@code openapi.yaml}, as YAML and as JSON. */
final class ApiDescription {

    private final StaticFile yaml;
    /** Made when it is asked for: reading so much YAML took a tenth of the start's processor time. */
    private final Supplier<StaticFile> json;

    private ApiDescription(byte[] document) {
        yaml = StaticFile.of("application/yaml", document);
        json = Suppliers.memoize(() -> StaticFile.of("application/json", asJson(document)));
    }

    static ApiDescription packaged() {
        return new ApiDescription(StaticFile.read("io/gantry/jsonapi/openapi.yaml"));
    }

    StaticFile yaml() {
        return yaml;
    }

    StaticFile json() {
        return json.get();
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
