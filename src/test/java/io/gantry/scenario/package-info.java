/**
 * The whole service over HTTP with a real Postgres and real containers. The name of a test is the behaviour that it shows.
 *
 * <p>Most scenarios want the service inside of the test's JVM, with a database of its own:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final GantryExtension gantry = GantryExtension.with(aGantry().maxTasks(3));
 *
 * private final GantryClient client = gantry.client();
 *
 * @Test
 * void a_task_runs() {
 *     String task = client.create(aTask().named("Say hello").command("echo hello"));
 *
 *     assertThat(client.awaitEnd(task)).hasStatus(200).hasAttribute("status", "succeeded");
 *     assertThat(client.logOfTask(task)).isEqualTo("hello\n");
 * }
 * }</pre>
 *
 * <p>Those about the death of the process start one: {@link io.gantry.scenario.GantryProcess} has {@code start}, {@code kill}
 * (SIGKILL) and {@code stop} (SIGTERM) and keeps database, node name and containers across them.
 *
 * <ul>
 *   <li>{@link io.gantry.scenario.GantrySettings} are the settings that an operator has, by their names in {@code config.yml}.
 *   <li>{@link io.gantry.scenario.GantryClient} speaks in tasks and runs; {@code get}, {@code post} and {@code send} take any
 *       request, and {@link io.gantry.scenario.RawHttp} those that no HTTP client would send.
 *   <li>{@link io.gantry.scenario.ScenarioAssertions#assertThat(Answer)} knows statuses, errors with their places, attributes.
 *   <li>{@link io.gantry.scenario.DockerCommand} is what {@code docker} itself says, independent of the service.
 * </ul>
 *
 * <p>Every exchange passes through {@link io.gantry.contract.OpenApiContract}: an answer that {@code openapi.yaml} doesn't
 * describe fails the test that got it. {@code target/contract-coverage.txt} tells afterwards which answers never came.
 *
 * <p>Each service has a node name of its own, and the containers with that name on them are removed at its end.
 */
@NullMarked
package io.gantry.scenario;

import org.jspecify.annotations.NullMarked;
