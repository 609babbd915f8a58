package io.gantry.contract;

import io.gantry.contract.OpenApiDocument.Located;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells whether what the service did is what {@code openapi.yaml} says. May be used from any thread. */
public final class OpenApiContract {

    private final OpenApiDocument document;
    private final ContractCoverage coverage;
    private final RequestRules requests;
    private final ResponseRules responses;

    public OpenApiContract(OpenApiDocument document, ContractCoverage coverage) {
        Schemas schemas = new Schemas(document);
        this.document = document;
        this.coverage = coverage;
        this.requests = new RequestRules(schemas);
        this.responses = new ResponseRules(document, schemas);
    }

    /** Fails with everything in which an exchange departs from the contract. */
    public void check(Exchange exchange) {
        List<String> faults = faultsOf(exchange);
        if (!faults.isEmpty()) {
            throw new AssertionError(exchange + " departs from openapi.yaml:\n  " + String.join("\n  ", faults)
                    + "\n  answer: " + new String(exchange.answer().bytes(), StandardCharsets.UTF_8));
        }
    }

    /** Everything in which an exchange departs from the contract; empty if nothing does. */
    public List<String> faultsOf(Exchange exchange) {
        if (exchange.method().equals("OPTIONS") && exchange.status() == 204) {
            return exchange.header("Allow").isPresent() ? List.of() : List.of("OPTIONS answers without Allow");
        }
        Optional<Operation> operation = operationOf(exchange);
        if (operation.isEmpty() || exchange.method().equals("OPTIONS")) {
            return unknownPath(exchange);
        }
        Optional<Located> response = operation.get().response(exchange.status());
        if (response.isEmpty()) {
            return List.of(operation.get() + " has no answer " + exchange.status());
        }
        coverage.seen(operation.get(), exchange);
        List<String> faults = new ArrayList<>(requests.faultsOf(exchange, operation.get()));
        faults.addAll(responses.faultsOf(exchange, response.get()));
        return faults;
    }

    /** HEAD is as GET; a method that the path doesn't take is as any that it takes, for only errors come of it. */
    private Optional<Operation> operationOf(Exchange exchange) {
        List<Operation> candidates = document.operationsOf(exchange.path());
        String method = exchange.isHead() ? "GET" : exchange.method();
        Optional<Operation> exact = candidates.stream()
                .filter(candidate -> candidate.method().equals(method))
                .findFirst();
        if (exact.isPresent() || exchange.isSuccess()) {
            return exact;
        }
        return candidates.stream().findFirst();
    }

    /** Paths outside the contract, and OPTIONS, answer as reading an absent task does, and never with a success. */
    private List<String> unknownPath(Exchange exchange) {
        if (exchange.isSuccess()) {
            return List.of("no such operation");
        }
        return document.operation("getTask")
                .flatMap(operation -> operation.response(exchange.status()))
                .map(response -> responses.faultsOf(exchange, response))
                .orElse(List.of("an unknown path has no answer " + exchange.status()));
    }
}
