package io.gantry.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseCommandsIT {

    @RegisterExtension
    static final TestDatabase external = TestDatabase.blank();

    @TempDir
    Path folder;

    @Test
    void an_external_database_is_refused_until_it_is_migrated() throws Exception {
        GantrySettings settings =
                GantrySettings.aGantry().database(external.url(), external.user(), external.password());
        Path config = config();

        GantryCommand.Result refused = run(settings, "server", config);
        GantryCommand.Result before = run(settings, "db", "status", config);
        GantryCommand.Result migrated = run(settings, "db", "migrate", config);
        GantryCommand.Result after = run(settings, "db", "status", config);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err().strip())
                .isEqualTo("gantry: The database " + external.address()
                        + " has no schema yet. Run: java -jar gantry.jar db migrate " + config);
        assertThat(before.out()).contains("changesets have not been applied");
        assertThat(migrated.exitCode()).isZero();
        assertThat(after.out()).contains("is up to date");
    }

    @Test
    void the_embedded_database_is_beside_the_config_file_whatever_the_working_folder() throws Exception {
        GantrySettings settings = GantrySettings.aGantry().dataDir(Path.of("kept"));
        Path config = config();

        GantryCommand.Result migrated = run(settings, "db", "migrate", config);

        assertThat(migrated.exitCode()).isZero();
        assertThat(folder.resolve("kept/postgres/data/PG_VERSION")).exists();
        assertThat(folder.resolve("kept/postgres/data/postmaster.pid")).doesNotExist();
    }

    private Path config() throws IOException {
        return Files.copy(ConfigFile.PATH, folder.resolve("config.yml"));
    }

    private static GantryCommand.Result run(GantrySettings settings, String command, Path config) throws IOException {
        return GantryCommand.run(settings, Path.of("/"), command, config.toString());
    }

    private static GantryCommand.Result run(GantrySettings settings, String command, String verb, Path config)
            throws IOException {
        return GantryCommand.run(settings, Path.of("/"), command, verb, config.toString());
    }
}
