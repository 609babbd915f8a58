package io.gantry.chaos.observer;

import java.time.Instant;

/** A time during which the database was taken away. */
public record Outage(Instant from, Instant to) {

    public boolean touches(Exchange exchange) {
        return !exchange.doneAt().isBefore(from) && !exchange.sentAt().isAfter(to);
    }
}
