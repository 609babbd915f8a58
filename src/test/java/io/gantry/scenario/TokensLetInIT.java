package io.gantry.scenario;

import static io.gantry.scenario.ClientRequest.request;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokensLetInIT {

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().authenticated());

    private final GantryClient admin = gantry.client().as(gantry.token("admin", "root"));

    @Test
    void a_token_is_shown_once_and_lets_in_until_it_is_revoked() {
        Answer made =
                admin.post("/tokens", token(Map.of("title", "nightly build", "role", "submitter", "owner", "ci")));
        String text = made.attribute("token").asText();
        GantryClient ci = gantry.client().as(text);

        assertThat(made.status()).isEqualTo(201);
        assertThat(text).matches("gantry_[a-z2-7]{10}_[a-z2-7]{47}");
        assertThat(ci.create(aTask())).isNotEmpty();
        Answer known = admin.get("/tokens/" + made.id());
        assertThat(known.text()).doesNotContain(text.substring(18));
        assertThat(known.attribute("prefix").asText()).isEqualTo(text.substring(7, 17));
        assertThat(known.attribute("lastUsedAt").isNull()).isFalse();
        assertThat(known.attribute("createdBy").asText()).isEqualTo("root");
        assertThat(admin.get("/tokens").ids()).contains(made.id());

        assertThat(admin.delete("/tokens/" + made.id()).status()).isEqualTo(204);

        assertThat(ci.get("/tasks").status()).isEqualTo(401);
        assertThat(admin.get("/tokens/" + made.id()).status()).isEqualTo(404);
    }

    @Test
    void nothing_that_lets_in_is_stored() {
        String text = admin.post("/tokens", token(Map.of("title", "t", "role", "viewer")))
                .attribute("token")
                .asText();

        List<String> rows = gantry.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "select row_to_json(t)::text || row_to_json(a)::text from tokens t, audit_entries a")
                        .mapTo(String.class)
                        .list());

        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(text.substring(18)));
    }

    @Test
    void a_token_ends_when_it_said_it_would() {
        Answer made = admin.post(
                "/tokens",
                token(Map.of(
                        "title", "short",
                        "role", "viewer",
                        "expiresAt", Instant.now().plusSeconds(3600).toString())));
        GantryClient client = gantry.client().as(made.attribute("token").asText());

        assertThat(client.get("/tasks").status()).isEqualTo(200);
        gantry.database()
                .jdbi()
                .useHandle(handle -> handle.execute(
                        "update tokens set expires_at = clock_timestamp() where id = cast(? as uuid)", made.id()));
        assertThat(client.get("/tasks").status()).isEqualTo(401);
    }

    @Test
    void what_is_wrong_with_a_new_token_is_told() {
        Map<String, Object> wrong = new HashMap<>(Map.of(
                "title", "", "role", "root", "expiresAt", "2001-01-01T00:00:00Z", "secret", "mine", "token", "mine"));

        Answer refused = admin.post("/tokens", token(wrong));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/data/attributes/title",
                        "/data/attributes/role",
                        "/data/attributes/expiresAt",
                        "/data/attributes/secret",
                        "/data/attributes/token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer nonsense",
                "Basic cm9vdDpyb290",
                "Bearer gantry_aaaaaaaaaa_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbccccccc",
                "Bearer a.b.c",
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290Iiwicm9sZXMiOlsiYWRtaW4iXX0.",
                "Bearer \u00e9"
            })
    void every_other_credential_gets_the_same_answer(String authorization) {
        Answer refused = gantry.client().send(request("GET", "/tasks").header("Authorization", authorization));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("WWW-Authenticate")).contains("Bearer realm=\"gantry\"");
        assertThat(refused.json()).isEqualTo(gantry.client().get("/tasks").json());
    }

    @Test
    void two_tokens_in_one_request_are_none() {
        String text = gantry.token("viewer", "v");

        String answer = gantry.raw()
                .send("GET /tasks HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + text
                        + "\r\nAuthorization: Bearer " + text + "\r\nConnection: close\r\n\r\n")
                .toString();

        assertThat(answer).contains("401");
    }

    @Test
    void the_admin_port_obeys_the_same_rules() {
        assertThat(AdminClient.get(gantry.adminUrl().resolve("/ping")).status()).isEqualTo(200);
        assertThat(AdminClient.get(gantry.adminUrl().resolve("/ready")).text()).contains("\"reasons\":{}");
        for (String path : List.of("/healthcheck", "/metrics", "/nodes", "/threads", "/")) {
            Answer refused = AdminClient.get(gantry.adminUrl().resolve(path));
            assertThat(refused.status()).as(path).isEqualTo(401);
            assertThat(refused.json().at("/errors/0/code").asText()).isEqualTo("unauthenticated");
            assertThat(admin(path, "submitter")).as(path).isEqualTo(403);
            assertThat(admin(path, "viewer")).as(path).isIn(200, 500);
        }
        assertThat(collectGarbage("operator")).isEqualTo(403);
        assertThat(collectGarbage("admin")).isEqualTo(200);
        assertThat(admin.get("/audit?filter%5Baction%5D=admin").attributes("object"))
                .containsExactly("/tasks/gc", "/tasks/gc");
        assertThat(admin.get("/audit?filter%5Baction%5D=admin").attributes("status"))
                .containsExactly("200", "403");
    }

    private static int admin(String path, String role) {
        return AdminClient.get(gantry.adminUrl().resolve(path), gantry.token(role, "a " + role))
                .status();
    }

    private static int collectGarbage(String role) {
        return AdminClient.send(HttpRequest.newBuilder(gantry.adminUrl().resolve("/tasks/gc"))
                        .header("Authorization", "Bearer " + gantry.token(role, "a " + role))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .status();
    }

    private static JsonNode token(Map<String, ?> attributes) {
        return new JsonMapper().valueToTree(Map.of("data", Map.of("attributes", attributes)));
    }
}
