package io.gantry.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.attack.Attack.Outcome;
import io.gantry.database.TestDatabase;
import io.gantry.scenario.GantryProcess;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The short form of {@code make attack}. */
final class BadRequestsAreRefusedIT {

    private static final int REQUESTS = 1_500;

    @RegisterExtension
    static final TestDatabase database = TestDatabase.migrated();

    @Test
    void and_leave_nothing_behind() throws Exception {
        long seed = Instant.now().getEpochSecond();
        GantryProcess gantry = GantryProcess.with(Attack.settings(database)).start();
        try {
            Outcome outcome = Attack.carryOut(gantry, database, REQUESTS, seed);

            assertThat(outcome.violations()).as(outcome.report()).isEmpty();
        } finally {
            gantry.stop();
        }
    }
}
