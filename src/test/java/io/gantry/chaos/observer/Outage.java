package io.gantry.chaos.observer;

import java.time.Instant;

/** A time during which something was taken away. */
public record Outage(Instant from, Instant to) {

    public boolean touches(Exchange exchange) {
        return touches(exchange.sentAt(), exchange.doneAt());
    }

    public boolean touches(Instant begin, Instant end) {
        return !end.isBefore(from) && !begin.isAfter(to);
    }
}
