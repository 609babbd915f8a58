package io.gantry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.contract.OpenApiDocument.Located;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Media type, headers and body of an answer must be those that the contract describes. */
final class ResponseRules {

    private final Schemas schemas;
    private final HeaderRules headers;
    private final DocumentRules documents;

    ResponseRules(OpenApiDocument document, Schemas schemas) {
        this.schemas = schemas;
        this.headers = new HeaderRules(document, schemas);
        this.documents = new DocumentRules(document);
    }

    List<String> faultsOf(Exchange exchange, Located response) {
        List<String> faults = new ArrayList<>(headers.faultsOf(exchange, response));
        if (!exchange.isHead()) {
            faults.addAll(contentFaults(exchange, response.child("content")));
        }
        return faults;
    }

    private List<String> contentFaults(Exchange exchange, Located content) {
        Exchange.Content answer = exchange.answer();
        if (content.isMissing()) {
            return answer.isEmpty() ? List.of() : List.of("no body is described, but there is one");
        }
        Located described = content.child(answer.mediaType());
        if (described.isMissing()) {
            return List.of("the media type \"" + answer.mediaType() + "\" isn't described");
        }
        String schema = described.child("schema").pointer();
        return switch (answer.mediaType()) {
            case "application/vnd.api+json", "application/json" -> jsonFaults(exchange, schema);
            case "application/x-ndjson" -> lineFaults(answer, schema);
            default -> List.of();
        };
    }

    private List<String> jsonFaults(Exchange exchange, String schema) {
        JsonNode body = json(exchange.answer().bytes());
        List<String> faults = new ArrayList<>(schemas.faultsOf(body, schema));
        faults.addAll(documents.faultsOf(exchange, body));
        return faults;
    }

    private List<String> lineFaults(Exchange.Content answer, String schema) {
        String text = new String(answer.bytes(), StandardCharsets.UTF_8);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            return List.of("the last line isn't ended");
        }
        return text.lines()
                .flatMap(line -> schemas.faultsOf(json(line.getBytes(StandardCharsets.UTF_8)), schema).stream())
                .toList();
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return new JsonMapper().readTree(bytes);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + new String(bytes, StandardCharsets.UTF_8), e);
        }
    }
}
