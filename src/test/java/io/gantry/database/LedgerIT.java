package io.gantry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
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

    private long nextPosition() {
        return database.inTransaction(handle -> Ledger.lock(handle).nextPosition());
    }
}
