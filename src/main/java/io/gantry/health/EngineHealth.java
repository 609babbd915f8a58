package io.gantry.health;

import com.codahale.metrics.health.HealthCheck;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether the container engine has answered within the last seconds. */
public final class EngineHealth extends HealthCheck {

    private final Supplier<Optional<String>> trouble;

    /** @param trouble why the engine can't be used; empty while it can */
    public EngineHealth(Supplier<Optional<String>> trouble) {
        this.trouble = trouble;
    }

    @Override
    protected Result check() {
        return trouble.get()
                .map(what -> Result.unhealthy("The container engine can't be used: " + what
                        + " Start it (systemctl start docker), let this user use its socket (group docker), or point"
                        + " GANTRY_DOCKER_HOST at another. Runs wait meanwhile."))
                .orElseGet(Result::healthy);
    }
}
