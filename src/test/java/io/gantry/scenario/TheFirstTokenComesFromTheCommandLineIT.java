package io.gantry.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class TheFirstTokenComesFromTheCommandLineIT {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.migrated();

    private final GantrySettings settings = GantrySettings.aGantry().database(database);

    @Test
    void it_is_printed_alone_stored_as_a_hash_and_revoked_by_its_id() throws IOException {
        GantryCommand.Result made =
                token("create", "--title", "me\u001b[31m", "--role", "admin", "--expires-in", "90d");

        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.out().strip()).matches("gantry_[a-z2-7]{10}_[a-z2-7]{47}");
        Map<String, Object> row = database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select id::text, owner, role, created_by, expires_at - created_at > interval '89 days' as long from tokens")
                        .mapToMap()
                        .one());
        assertThat(row)
                .containsEntry("owner", "me\u001b[31m")
                .containsEntry("role", "admin")
                .containsEntry("created_by", "command line")
                .containsEntry("long", true);

        GantryCommand.Result listed = token("list");
        assertThat(listed.out())
                .contains(String.valueOf(row.get("id")), "admin", "title=me?[31m")
                .doesNotContain(made.out().strip(), "\u001b");

        GantryCommand.Result revoked = token("revoke", "--id", String.valueOf(row.get("id")));
        assertThat(revoked.exitCode()).as(revoked.err()).isZero();
        List<String> actions = database.jdbi()
                .withHandle(handle -> handle.createQuery("select action from audit_entries order by at")
                        .mapTo(String.class)
                        .list());
        assertThat(actions).containsExactly("createToken", "revokeToken");
    }

    @Test
    void what_is_missing_is_told_in_a_line() throws IOException {
        GantryCommand.Result refused = token("create", "--role", "admin");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err().strip()).isEqualTo("gantry: It takes --title; see `token --help`.");
    }

    private GantryCommand.Result token(String action, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("token", action, ConfigFile.PATH.toAbsolutePath().toString()));
        words.addAll(List.of(arguments));
        return GantryCommand.run(settings, Path.of("/"), words.toArray(String[]::new));
    }
}
