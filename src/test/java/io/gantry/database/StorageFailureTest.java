package io.gantry.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.problem.ProblemKind;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageFailureTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08001", "08006", "57P01", "57P02", "57P03", "53100", "53300", "55P03", "57014", "25P03", "25006",
                "58030", "40P01"
            })
    void a_database_that_is_away_full_or_too_slow_is_unavailable(String state) {
        assertThat(StorageFailure.of(new RuntimeException(new SQLException("no", state))))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.problem().code()).isEqualTo(DatabaseProblem.STORAGE_UNAVAILABLE);
                    assertThat(problem.problem().code().kind()).isEqualTo(ProblemKind.UNAVAILABLE);
                    assertThat(problem.problem().code().code()).isEqualTo("storage-unavailable");
                });
    }

    @Test
    void a_failure_that_says_it_is_temporary_is_believed() {
        assertThat(StorageFailure.of(new SQLTransientConnectionException("no"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "23503", "42601", "22P05", "28P01", ""})
    void a_mistake_of_ours_is_not(String state) {
        assertThat(StorageFailure.of(new RuntimeException(new SQLException("no", state))))
                .isEmpty();
    }

    @Test
    void what_has_nothing_to_do_with_the_database_is_not() {
        assertThat(StorageFailure.of(new IllegalStateException("no"))).isEmpty();
    }
}
