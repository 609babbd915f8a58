package io.gantry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.contract.OpenApiDocument.Located;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A request that the service took must be one that the contract allows. */
final class RequestRules {

    private final Schemas schemas;

    RequestRules(Schemas schemas) {
        this.schemas = schemas;
    }

    List<String> faultsOf(Exchange exchange, Operation operation) {
        if (!exchange.isSuccess()) {
            return List.of();
        }
        List<String> faults = new ArrayList<>();
        Set<String> known = operation.parameters("query");
        queryNames(exchange)
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add("the query parameter " + name + " was taken but isn't described"));
        if (!exchange.request().isEmpty()) {
            operation.requestBody().ifPresent(body -> faults.addAll(bodyFaults(exchange, body)));
        }
        return faults;
    }

    private static Stream<String> queryNames(Exchange exchange) {
        return Optional.ofNullable(exchange.target().getRawQuery()).stream()
                .flatMap(query -> Stream.of(query.split("&", -1)))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8));
    }

    private List<String> bodyFaults(Exchange exchange, Located body) {
        String type = exchange.request().mediaType();
        Located content = body.child("content").child(type);
        if (content.isMissing()) {
            return List.of("a body of type \"" + type + "\" was taken but isn't described");
        }
        return schemas
                .faultsOf(json(exchange.request()), content.child("schema").pointer())
                .stream()
                .map(fault -> "the request's body was taken: " + fault)
                .toList();
    }

    private static JsonNode json(Exchange.Content content) {
        try {
            return new JsonMapper().readTree(content.bytes());
        } catch (IOException e) {
            throw new AssertionError("a request body that isn't JSON was taken", e);
        }
    }
}
