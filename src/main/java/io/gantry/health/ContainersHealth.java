package io.gantry.health;

import com.codahale.metrics.health.HealthCheck;
import java.util.List;
import java.util.function.Supplier;

/** Whether containers end when they are told to. */
public final class ContainersHealth extends HealthCheck {

    private final Supplier<List<String>> undying;

    /** @param undying says which containers go on after SIGKILL, each in a clause */
    public ContainersHealth(Supplier<List<String>> undying) {
        this.undying = undying;
    }

    @Override
    protected Result check() {
        List<String> stuck = undying.get();
        return stuck.isEmpty()
                ? Result.healthy()
                : Result.unhealthy("Killed, and not dead: " + String.join("; ", stuck)
                        + ". Each keeps its slot until it is gone. Look at the state of its processes with `docker top`;"
                        + " one that hangs in the kernel (D) may need a restart of the host.");
    }
}
