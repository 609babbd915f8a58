package io.gantry.health;

import com.codahale.metrics.health.HealthCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether what must always hold does, as far as anybody could look. Red is a fault of the service, or somebody's hand in its
 * database; or it isn't known for a while. It still serves.
 */
public final class InvariantHealth extends HealthCheck {

    private final Supplier<List<String>> broken;
    private final Supplier<List<String>> unseen;

    /**
     * @param broken what doesn't hold, each with what was seen
     * @param unseen what couldn't be looked at for a while, each with the reason
     */
    public InvariantHealth(Supplier<List<String>> broken, Supplier<List<String>> unseen) {
        this.broken = broken;
        this.unseen = unseen;
    }

    @Override
    protected Result check() {
        List<String> breaches = broken.get();
        List<String> trouble = new ArrayList<>(breaches);
        if (!breaches.isEmpty()) {
            trouble.add("Please report it, with the log around its first mention.");
        }
        trouble.addAll(unseen.get());
        return trouble.isEmpty() ? Result.healthy() : Result.unhealthy("%s", String.join(" ", trouble));
    }
}
