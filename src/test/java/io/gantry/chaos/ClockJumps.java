package io.gantry.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The service's clock is put forward and back while it works; in some trials it is killed then and begins anew under the
 * wrong clock. The clocks of the database and the engine stay right.
 *
 * @param aheads how far the clock is ahead, one after the other
 * @param kill how long after the last jump
 */
record ClockJumps(ServiceClock clock, List<Duration> aheads, Duration between, Optional<Duration> kill)
        implements Fault {

    @Override
    public String name() {
        return "clock jumps by hours" + (kill.isPresent() ? ", kill" : "");
    }

    @Override
    public void prepare(Scene scene) throws Exception {
        jump(scene, Duration.ZERO);
    }

    @Override
    public void strike(Scene scene, Lookout lookout) throws Exception {
        lookout.awaitUnderway();
        for (Duration ahead : aheads) {
            jump(scene, ahead);
            TimeUnit.NANOSECONDS.sleep(between.toNanos());
        }
        if (kill.isPresent()) {
            TimeUnit.NANOSECONDS.sleep(kill.get().toNanos());
            scene.service().kill();
            scene.startService(Optional.empty()).awaitReady();
        }
    }

    private void jump(Scene scene, Duration ahead) throws Exception {
        clock.set(ahead);
        scene.service().awaitClock(ahead);
    }
}
