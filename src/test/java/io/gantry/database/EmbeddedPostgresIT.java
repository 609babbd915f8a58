package io.gantry.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.problem.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

    private static final int NOBODY = 65534;

    @TempDir
    static Path used;

    @TempDir
    Path temporary;

    private Path folder = Path.of("");

    @BeforeAll
    static void make_one_for_all() throws IOException {
        everybodyMayEnter(used);
        EmbeddedPostgres.own(used).close();
    }

    /** With the programs of the one for all. */
    @BeforeEach
    void copy_that() throws Exception {
        everybodyMayEnter(temporary);
        folder = Files.createDirectory(temporary.resolve("postgres"));
        everybodyMayEnter(folder);
        try (Stream<Path> parts = Files.list(used)) {
            for (Path part : parts.toList()) {
                copy(part, folder.resolve(part.getFileName()));
            }
        }
        Files.delete(folder.resolve("postgres.log"));
    }

    private static void copy(Path part, Path target) throws Exception {
        if (part.getFileName().toString().startsWith("binaries-")) {
            Files.createSymbolicLink(target, part);
            return;
        }
        Process copy = new ProcessBuilder("cp", "-a", part.toString(), target.toString())
                .inheritIO()
                .start();
        assertThat(copy.waitFor()).isZero();
    }

    @Nested
    class The_database {

        @Test
        void is_in_utf_8_and_our_own_without_powers_over_the_server() throws Exception {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.own(folder)) {
                assertThat(ask(postgres, "select current_user || ' ' || current_database()"))
                        .isEqualTo("gantry gantry");
                assertThat(ask(postgres, "select usesuper from pg_user where usename = current_user"))
                        .isEqualTo("f");
                assertThat(ask(postgres, "show server_encoding")).isEqualTo("UTF8");
            }
        }

        @Test
        void is_as_durable_as_any_postgres() throws Exception {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.own(folder)) {
                assertThat(List.of(
                                ask(postgres, "show fsync"),
                                ask(postgres, "show synchronous_commit"),
                                ask(postgres, "show full_page_writes")))
                        .containsOnly("on");
            }
        }

        @Test
        void is_reachable_over_loopback_only_and_with_the_password_only() throws Exception {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.own(folder)) {
                assertThat(ask(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
                assertThat(Path.of("/tmp/.s.PGSQL." + postmaster().port())).doesNotExist();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                        .isEqualTo("rw-------");
                assertThatThrownBy(() -> DriverManager.getConnection(
                                        postgres.address().url(), "gantry", "guess")
                                .close())
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("password authentication failed");
            }
        }
    }

    @Nested
    class Data {

        @Test
        void survive_a_stop_and_a_start() throws Exception {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.own(folder)) {
                keep(postgres, "kept");
            }

            try (EmbeddedPostgres again = EmbeddedPostgres.own(folder)) {
                assertThat(kept(again)).isEqualTo("kept");
            }
        }

        @Test
        void survive_the_death_of_the_service_whose_server_is_used_again() throws Exception {
            EmbeddedPostgresService service = EmbeddedPostgresService.start(folder);
            Postmaster before = postmaster();
            try (EmbeddedPostgres joined = EmbeddedPostgres.ownOrJoin(folder)) {
                keep(joined, "kept");
            }

            service.kill();

            try (EmbeddedPostgres again = EmbeddedPostgres.own(folder)) {
                assertThat(kept(again)).isEqualTo("kept");
                assertThat(postmaster()).isEqualTo(before);
                assertThat(again.isOwned()).isTrue();
            }
            assertThat(Postmaster.find(data())).isEmpty();
        }

        @Test
        void survive_the_death_of_the_service_and_of_the_server() throws Exception {
            EmbeddedPostgresService service = EmbeddedPostgresService.start(folder);
            try (EmbeddedPostgres joined = EmbeddedPostgres.ownOrJoin(folder)) {
                keep(joined, "kept");
            }

            kill(postmaster());
            service.kill();

            try (EmbeddedPostgres again = EmbeddedPostgres.own(folder)) {
                assertThat(kept(again)).isEqualTo("kept");
            }
        }

        @Test
        void survive_the_death_of_the_server_which_is_revived_at_its_address() throws Exception {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.own(folder)) {
                keep(postgres, "kept");

                kill(postmaster());
                postgres.revive();

                assertThat(kept(postgres)).isEqualTo("kept");
            }
            assertThat(Postmaster.find(data())).isEmpty();
        }
    }

    @Nested
    class A_folder_in_use {

        @Test
        void is_refused_to_a_second_service_with_the_first_ones_process_id() throws Exception {
            try (EmbeddedPostgresService service = EmbeddedPostgresService.start(folder)) {
                assertThatThrownBy(() -> EmbeddedPostgres.own(folder))
                        .isInstanceOf(CannotStart.class)
                        .hasMessageContaining("is in use by process " + service.pid())
                        .hasMessageContaining(folder.toRealPath().toString());
            }
        }

        @Test
        void is_shared_with_a_command_which_leaves_the_server_running() throws Exception {
            try (EmbeddedPostgresService service = EmbeddedPostgresService.start(folder)) {
                try (EmbeddedPostgres command = EmbeddedPostgres.ownOrJoin(folder)) {
                    keep(command, "by a command beside " + service.pid());
                    assertThat(command.isOwned()).isFalse();
                }

                assertThat(Postmaster.find(data())).isPresent();
            }
            assertThat(Postmaster.find(data())).isEmpty();
        }
    }

    @Test
    void a_command_alone_starts_the_server_and_stops_it() throws Exception {
        try (EmbeddedPostgres command = EmbeddedPostgres.ownOrJoin(folder)) {
            assertThat(command.isOwned()).isTrue();
            assertThat(ask(command, "select 1")).isEqualTo("1");
        }
        assertThat(Postmaster.find(data())).isEmpty();
    }

    @Test
    void a_pid_file_whose_number_belongs_to_another_process_now_does_not_prevent_the_start() throws Exception {
        EmbeddedPostgres.own(folder).close();
        Files.writeString(
                data().resolve("postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + data() + "\n1700000000\n5432\n\n127.0.0.1\n 1 1\nready   \n");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.own(folder)) {
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void an_unfinished_first_start_is_begun_anew() throws Exception {
        FileTrees.deleteMatching(folder, "data");
        Files.createDirectories(folder.resolve("initdb-123").resolve("data"));
        Files.writeString(folder.resolve("initdb-123").resolve("data").resolve("PG_VERSION"), "17\n");

        try (EmbeddedPostgres postgres = EmbeddedPostgres.own(folder)) {
            assertThat(ask(postgres, "select 1")).isEqualTo("1");
            assertThat(folder.resolve("initdb-123")).doesNotExist();
        }
    }

    @Test
    void data_of_another_major_version_are_refused_in_postgres_own_words() throws Exception {
        EmbeddedPostgres.own(folder).close();
        Files.writeString(data().resolve("PG_VERSION"), "9\n");

        assertThatThrownBy(() -> EmbeddedPostgres.own(folder))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("database files are incompatible with server");
        assertThat(Postmaster.find(data())).isEmpty();
    }

    @Test
    void a_folder_of_another_user_is_refused_with_both_user_ids() throws Exception {
        Path foreign = isRoot() ? folder : Path.of("/usr");
        if (isRoot()) {
            Files.setAttribute(folder, "unix:uid", 12345);
        }

        assertThatThrownBy(() -> EmbeddedPostgres.own(foreign))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("belongs to user id " + FileTrees.owner(foreign))
                .hasMessageContaining("runs as user id " + FileTrees.owner(Path.of("/proc/self")));
    }

    /** As anybody but root there is nothing to give up, and the same holds with the user's own id. */
    @Nested
    class Where_root_gets_no_namespace {

        @Test
        void the_server_runs_as_nobody_and_the_next_start_keeps_to_that() throws Exception {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.own(folder, withoutNamespace())) {
                keep(postgres, "kept");
                assertThat(FileTrees.owner(data())).isEqualTo(serverUser());
            }

            try (EmbeddedPostgres again = EmbeddedPostgres.own(folder)) {
                assertThat(kept(again)).isEqualTo("kept");
                assertThat(FileTrees.owner(Path.of("/proc/" + postmaster().pid())))
                        .isEqualTo(serverUser());
            }
        }

        @Test
        void a_folder_that_the_server_may_not_enter_is_refused_in_words() throws Exception {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));

            if (isRoot()) {
                assertThatThrownBy(() -> EmbeddedPostgres.own(folder, withoutNamespace()))
                        .isInstanceOf(CannotStart.class)
                        .hasMessageContaining("may not enter " + folder.toRealPath());
            } else {
                assertThatCode(() ->
                                EmbeddedPostgres.own(folder, withoutNamespace()).close())
                        .doesNotThrowAnyException();
            }
        }

        private UnprivilegedUser withoutNamespace() throws IOException {
            return isRoot() ? UnprivilegedUser.OTHER : UnprivilegedUser.SELF;
        }

        private int serverUser() throws IOException {
            return isRoot() ? NOBODY : FileTrees.owner(Path.of("/proc/self"));
        }
    }

    private static boolean isRoot() throws IOException {
        return FileTrees.owner(Path.of("/proc/self")) == 0;
    }

    private static void everybodyMayEnter(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path data() throws IOException {
        return folder.toRealPath().resolve("data");
    }

    private Postmaster postmaster() throws IOException {
        return Postmaster.find(data()).orElseThrow();
    }

    private static void kill(Postmaster postmaster) throws Exception {
        ProcessHandle process = ProcessHandle.of(postmaster.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
    }

    private static void keep(EmbeddedPostgres postgres, String text) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept as select '" + text + "' as text");
        }
    }

    private static String kept(EmbeddedPostgres postgres) throws SQLException {
        return ask(postgres, "select text from kept");
    }

    private static String ask(EmbeddedPostgres postgres, String question) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        DatabaseAddress address = postgres.address();
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }
}
