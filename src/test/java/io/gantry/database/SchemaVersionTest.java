package io.gantry.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaVersionTest {

    private static final List<String> KNOWN = List.of("gantry:1", "gantry:2", "gantry:3");

    @Test
    void the_same_changes_are_current() {
        assertThat(SchemaVersion.compare(KNOWN, KNOWN).isCurrent()).isTrue();
    }

    @Test
    void an_empty_database_has_no_schema_yet() {
        SchemaVersion version = SchemaVersion.compare(KNOWN, List.of());

        assertThat(version.isCurrent()).isFalse();
        assertThat(version.difference()).isEqualTo("has no schema yet");
    }

    @Test
    void an_older_database_lacks_changes_which_are_named() {
        SchemaVersion version = SchemaVersion.compare(KNOWN, List.of("gantry:1"));

        assertThat(version.isCurrent()).isFalse();
        assertThat(version.isNewer()).isFalse();
        assertThat(version.difference()).isEqualTo("lacks 2 of 3 schema changes (gantry:2, gantry:3)");
    }

    @Test
    void a_newer_database_has_changes_that_we_do_not_know() {
        SchemaVersion version = SchemaVersion.compare(KNOWN, List.of("gantry:1", "gantry:2", "gantry:3", "gantry:4"));

        assertThat(version.isCurrent()).isFalse();
        assertThat(version.isNewer()).isTrue();
        assertThat(version.difference()).contains("this version doesn't know (gantry:4)");
    }

    @Test
    void the_known_changes_are_those_of_the_migrations_in_order() {
        assertThat(Changelog.read().changes())
                .startsWith("gantry:001-ledger", "gantry:002-tasks", "gantry:003-runs")
                .isSorted();
    }
}
