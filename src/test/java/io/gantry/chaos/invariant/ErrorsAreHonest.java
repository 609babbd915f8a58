package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.Exchange;
import io.gantry.chaos.observer.History;
import java.util.stream.Stream;

/** The service never answers with a 5xx but for 503 with {@code Retry-After} while the database is away. */
final class ErrorsAreHonest implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        return history.exchanges().stream()
                .filter(exchange ->
                        exchange.answer().map(given -> given.status() >= 500).orElse(false))
                .filter(exchange -> !isHonest(history, exchange))
                .map(Exchange::toString);
    }

    private static boolean isHonest(History history, Exchange exchange) {
        boolean saysWhen =
                exchange.answer().flatMap(Exchange.Answer::retryAfter).isPresent();
        return exchange.hasStatus(503)
                && saysWhen
                && history.outages().stream().anyMatch(outage -> outage.touches(exchange));
    }
}
