package io.gantry.health;

import com.codahale.metrics.health.HealthCheck;
import java.util.List;
import java.util.function.Supplier;

/** Whether what must always hold does. Red is a fault of the service, or somebody's hand in its database; it still serves. */
public final class InvariantHealth extends HealthCheck {

    private final Supplier<List<String>> broken;

    /** @param broken what doesn't hold, each with what was seen */
    public InvariantHealth(Supplier<List<String>> broken) {
        this.broken = broken;
    }

    @Override
    protected Result check() {
        List<String> all = broken.get();
        return all.isEmpty()
                ? Result.healthy()
                : Result.unhealthy(
                        "%s", String.join(" ", all) + " Please report it, with the log around its first mention.");
    }
}
