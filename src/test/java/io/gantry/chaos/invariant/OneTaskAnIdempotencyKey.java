package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.Exchange;
import io.gantry.chaos.observer.History;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** However often a request with the same key is sent, it creates one thing, and each answer names that. */
final class OneTaskAnIdempotencyKey implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        Map<String, Set<String>> created = history.exchanges().stream()
                .filter(exchange -> exchange.request().idempotencyKey().isPresent() && exchange.hasStatus(201))
                .collect(Collectors.groupingBy(
                        exchange -> exchange.request().idempotencyKey().orElseThrow(),
                        Collectors.mapping(OneTaskAnIdempotencyKey::location, Collectors.toSet())));
        Stream<String> several = created.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> "key " + entry.getKey() + " created " + entry.getValue());
        Stream<String> refused = history.exchanges().stream()
                .filter(exchange -> exchange.request()
                        .idempotencyKey()
                        .map(created::containsKey)
                        .orElse(false))
                .filter(Exchange::isRefused)
                .map(exchange -> exchange + " though the same request was accepted");
        return Stream.concat(several, refused);
    }

    /** Without host and port, which differ after a restart. */
    private static String location(Exchange exchange) {
        return exchange.answer()
                .flatMap(Exchange.Answer::location)
                .map(location -> location.replaceFirst("^http://[^/]*", ""))
                .orElse("nowhere");
    }
}
