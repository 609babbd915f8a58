package io.gantry.health;

import com.codahale.metrics.health.HealthCheck;
import java.time.Duration;
import java.util.Optional;

/** Whether the queue moves. A long queue is no trouble, and neither is one that waits for its engine: that is another check. */
public final class QueueHealth extends HealthCheck {

    private static final Duration UNATTENDED = Duration.ofSeconds(30);
    private static final Duration STALLED = Duration.ofSeconds(10);

    private final QueueSigns signs;

    public QueueHealth(QueueSigns signs) {
        this.signs = signs;
    }

    @Override
    protected Result check() {
        Optional<String> node = signs.nodeTrouble();
        if (node.isPresent()) {
            return Result.unhealthy(node.get());
        }
        if (signs.unattendedFor().compareTo(UNATTENDED) > 0) {
            return Result.unhealthy("Nobody has looked after the queue for "
                    + signs.unattendedFor().toSeconds()
                    + " s. Restart the service (running containers go on); its thread dump is at /threads.");
        }
        if (signs.stalledFor().compareTo(STALLED) > 0) {
            return Result.unhealthy("A run could have been taken for "
                    + signs.stalledFor().toSeconds()
                    + " s, and nobody takes it. Restart the service (running containers go on); its thread dump is at"
                    + " /threads.");
        }
        return Result.healthy();
    }
}
