package io.gantry.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short form of {@code make chaos}. */
class ChaosIT {

    private static final long SEED = 20260101;

    @Test
    void nothing_is_lost_whatever_dies() throws Exception {
        List<CrashPoint> points = List.of(CrashPoint.START_SENT_AND_NOT_READ);
        Campaign campaign = new Campaign(new Size(points, 1, 1, 0, 0, 0, 0, 0), SEED);

        Summary summary = campaign.run(Path.of("target/chaos-it"));

        assertThat(summary.failures()).as(summary.text()).isEmpty();
    }
}
