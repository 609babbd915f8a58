package io.gantry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerIT {

    @RegisterExtension
    static final TestDatabase db = TestDatabase.migrated();

    @RegisterExtension
    static final TestDatabase other = TestDatabase.migrated();

    private final Database database = db.database();

    @Test
    void each_database_of_the_tests_is_an_installation_of_its_own() {
        assertThat(database.<UUID>read(Ledger::installation))
                .isNotEqualTo(other.database().<UUID>read(Ledger::installation));
    }

    @Test
    void stamps_of_one_transaction_are_distinct_and_in_order() {
        List<Instant> stamps = database.inTransaction(handle -> {
            Ledger ledger = Ledger.lock(handle);
            return List.of(ledger.stamp(), ledger.stamp(), ledger.stamp());
        });

        assertThat(stamps).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void stamps_go_on_from_the_last_one_when_the_clock_steps_back() {
        Instant last = database.inTransaction(handle -> {
            Ledger.lock(handle);
            return stampedAhead(handle);
        });

        List<Instant> stamps =
                IntStream.range(0, 5).mapToObj(i -> stampOfOneTransaction()).toList();

        assertThat(stamps)
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(last::isBefore)
                .last()
                .isEqualTo(last.plus(5, ChronoUnit.MICROS));
    }

    @Test
    void positions_follow_each_other_and_a_rolled_back_one_is_given_again() {
        long first = nextPosition();
        try {
            database.useTransaction(handle -> {
                Ledger.lock(handle).nextPosition();
                throw new IllegalStateException("give it back");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("give it back");
        }

        assertThat(nextPosition()).isEqualTo(first + 1);
    }

    /** As if the clock had been an hour ahead until now. */
    private static Instant stampedAhead(Handle handle) {
        return handle.createQuery(
                        "update ledger set last_stamp = clock_timestamp() + interval '1 h' returning last_stamp")
                .mapTo(Instant.class)
                .one();
    }

    private Instant stampOfOneTransaction() {
        return database.inTransaction(handle -> Ledger.lock(handle).stamp());
    }

    private long nextPosition() {
        return database.inTransaction(handle -> Ledger.lock(handle).nextPosition());
    }
}
