package io.gantry.scenario;

import static io.gantry.scenario.ClientRequest.request;
import static io.gantry.scenario.TaskBuilder.aTask;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.contract.OpenApiDocument;
import io.gantry.contract.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every route with every role. A route that is missing here has no rule, and fails the test. */
final class RolesAllowWhatTheySayIT {

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().authenticated().maxTasks(1000));

    private static final Set<String> OPEN = Set.of("getDocumentation", "getOpenApiYaml", "getOpenApiJson");
    private static final Set<String> READING =
            Set.of("listTasks", "getTask", "listRunsOfTask", "listRuns", "getRun", "getLogOfTask", "getLogOfRun");
    private static final Set<String> CHANGING =
            Set.of("createTask", "updateTask", "deleteTask", "runTask", "cancelTask", "cancelRun");
    private static final Set<String> ADMINISTERING =
            Set.of("createToken", "listTokens", "getToken", "revokeToken", "listAuditEntries");

    private static final List<String> ROLES = List.of("submitter", "viewer", "operator", "admin");

    private static String stranger = "";
    private static GantryClient owner = gantry.client();

    @BeforeAll
    static void somebodyHasTasks() {
        owner = gantry.client().as(gantry.token("submitter", "somebody else"));
        stranger = gantry.token("submitter", "stranger");
    }

    @Test
    void every_route_has_a_rule() {
        assertThat(OpenApiDocument.ofProject().operations().stream().map(Operation::id))
                .containsExactlyInAnyOrderElementsOf(Stream.of(OPEN, READING, CHANGING, ADMINISTERING)
                        .flatMap(Set::stream)
                        .collect(Collectors.toSet()));
    }

    @TestFactory
    List<DynamicTest> each_role_on_each_route() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Operation operation : OpenApiDocument.ofProject().operations()) {
            tests.add(DynamicTest.dynamicTest(operation.id() + " without a token", () -> {
                int expected = OPEN.contains(operation.id()) ? 200 : 401;
                assertThat(call(gantry.client(), operation).status()).isEqualTo(expected);
            }));
            for (String role : ROLES) {
                tests.add(DynamicTest.dynamicTest(operation.id() + " as " + role, () -> check(operation, role)));
            }
        }
        return tests;
    }

    private static void check(Operation operation, String role) {
        String token = role.equals("submitter") ? stranger : gantry.token(role, "the " + role);
        Answer answer = call(gantry.client().as(token), operation);

        String id = operation.id();
        boolean allowed = OPEN.contains(id)
                || READING.contains(id)
                || (CHANGING.contains(id) && !role.equals("viewer"))
                || role.equals("admin");
        boolean foreign = role.equals("submitter") && operation.template().contains("{id}");
        if (!allowed) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
            assertThat(answer.json().at("/errors/0/code").asText()).isEqualTo("forbidden");
        } else if (foreign) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(404);
        } else {
            assertThat(answer.status()).as(answer.toString()).isIn(200, 201, 202, 204, 409);
            assertThat(answer.text()).doesNotContain("somebody else's secret").satisfies(text -> {
                if (role.equals("submitter")) {
                    assertThat(text).doesNotContain("somebody else");
                }
            });
        }
    }

    private static Answer call(GantryClient client, Operation operation) {
        String target = operation.template().replace("{id}", existingId(operation));
        ClientRequest request = request(operation.method(), target);
        return client.send(
                switch (operation.id()) {
                    case "createTask" -> request.body(neverThere().toJson());
                    case "updateTask" ->
                        request.body(client.update(target.substring("/tasks/".length()), Map.of("title", "changed")));
                    case "createToken" ->
                        request.body(new JsonMapper()
                                .valueToTree(Map.of(
                                        "data", Map.of("attributes", Map.of("title", "more", "role", "viewer")))));
                    default -> request;
                });
    }

    private static String existingId(Operation operation) {
        if (!operation.template().contains("{id}")) {
            return "";
        }
        if (operation.template().startsWith("/tokens")) {
            gantry.token("viewer", "nobody");
            return gantry.client()
                    .as(gantry.token("admin", "root"))
                    .get("/tokens")
                    .ids()
                    .get(1);
        }
        String task = owner.create(neverThere());
        return operation.template().startsWith("/runs") ? owner.latestRunOf(task) : task;
    }

    /** Ends soon, by itself and without a container. */
    private static TaskBuilder neverThere() {
        return aTask().image("never-there").with("pullPolicy", "never");
    }
}
