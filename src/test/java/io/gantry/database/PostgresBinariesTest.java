package io.gantry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.problem.CannotStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresBinariesTest {

    @ParameterizedTest
    @CsvSource({"amd64, postgres-linux-x86_64.txz", "aarch64, postgres-linux-arm_64.txz"})
    void linux_has_binaries_for_the_usual_processors(String processor, String archive) {
        assertThat(PostgresBinaries.archiveFor("Linux", processor).getPath()).endsWith("/" + archive);
    }

    @ParameterizedTest
    @CsvSource({"Linux, riscv64", "Mac OS X, aarch64", "Windows 11, amd64"})
    void another_platform_is_told_to_use_an_external_postgres(String system, String processor) {
        assertThatThrownBy(() -> PostgresBinaries.archiveFor(system, processor))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(system + " on " + processor)
                .hasMessageContaining("GANTRY_DATABASE_URL");
    }

    @Test
    void the_reason_of_a_failure_is_found_in_a_long_log() {
        String log = """
                waiting for server to start....
                2026 LOG:  starting PostgreSQL
                2026 FATAL:  could not write lock file: No space left on device
                 stopped waiting
                """;

        assertThat(PostgresLog.reason(log))
                .isEqualTo("2026 FATAL:  could not write lock file: No space left on device");
    }
}
