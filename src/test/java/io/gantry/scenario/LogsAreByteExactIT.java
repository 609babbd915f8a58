package io.gantry.scenario;

import static io.gantry.scenario.ClientRequest.request;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static io.gantry.scenario.TaskBuilder.aTask;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class LogsAreByteExactIT {

    @RegisterExtension
    static final GantryExtension gantry =
            GantryExtension.with(GantrySettings.aGantry().logLimit("1MiB"));

    private final GantryClient client = gantry.client();

    @Test
    void nul_and_broken_utf8_are_kept() {
        String task = finished("printf 'a\\000b\\377\\300 end without newline'");

        assertThat(client.log(client.latestRunOf(task))).isEqualTo(new byte[] {
            'a',
            0,
            'b',
            (byte) 0xff,
            (byte) 0xc0,
            ' ',
            'e',
            'n',
            'd',
            ' ',
            'w',
            'i',
            't',
            'h',
            'o',
            'u',
            't',
            ' ',
            'n',
            'e',
            'w',
            'l',
            'i',
            'n',
            'e'
        });
    }

    @Test
    void many_lines_on_both_streams_are_all_there_in_the_order_of_each() {
        String task = finished("seq 1 20000 & seq 1 20000 >&2; wait");
        String run = client.latestRunOf(task);

        String numbers = IntStream.rangeClosed(1, 20000).mapToObj(i -> i + "\n").collect(Collectors.joining());
        assertThat(text(request("GET", "/runs/" + run + "/logs?stream=stdout"))).isEqualTo(numbers);
        assertThat(text(request("GET", "/runs/" + run + "/logs?stream=stderr"))).isEqualTo(numbers);
        assertThat(client.log(run)).hasSize(2 * numbers.length());
    }

    @Test
    void output_above_the_cap_is_cut_with_a_visible_mark_and_the_run_goes_on() {
        String task = finished("head -c 3000000 /dev/zero | tr '\\000' x; echo; exit 0");
        Answer run = client.run(client.latestRunOf(task));

        assertThat(run).hasAttribute("status", "succeeded").hasAttribute("logTruncated", true);
        String log = new String(client.log(run.id()), UTF_8);
        assertThat(log.substring(0, 1 << 20)).matches("x+");
        assertThat(log.substring(1 << 20)).contains("1MiB");
        assertThat(client.send(request("GET", "/runs/" + run.id() + "/logs"))).hasHeader("X-Log-Truncated", "true");
    }

    @Test
    void a_part_can_be_asked_for_by_bytes_or_by_lines() {
        String run = client.latestRunOf(finished("echo one; echo two; printf three"));

        Answer rest = client.send(request("GET", "/runs/" + run + "/logs").header("Range", "bytes=4-"));
        assertThat(rest)
                .hasStatus(206)
                .hasHeader("Content-Range", "bytes 4-12/13")
                .hasText("two\nthree");
        assertThat(text(request("GET", "/runs/" + run + "/logs?tail=2"))).isEqualTo("two\nthree");
        assertThat(client.send(request("GET", "/runs/" + run + "/logs").header("Range", "bytes=13-")))
                .hasStatus(416)
                .hasError("range-not-satisfiable");
    }

    @Test
    void lines_come_as_json_objects_too() {
        String run = client.latestRunOf(finished("echo out; echo err >&2"));

        Answer lines = client.send(request("GET", "/runs/" + run + "/logs").header("Accept", "application/x-ndjson"));

        assertThat(lines).hasStatus(200).hasHeader("Content-Type", "application/x-ndjson");
        assertThat(lines.text().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("\"stdout\"") && line.contains("\"out\\n\""))
                .anyMatch(line -> line.contains("\"stderr\"") && line.contains("\"err\\n\""));
    }

    private String finished(String command) {
        String task = client.create(aTask().command(command));
        assertThat(client.awaitEnd(task)).hasAttribute("logComplete", true);
        return task;
    }

    private String text(ClientRequest request) {
        Answer answer = client.send(request);
        assertThat(answer).hasStatus(200);
        return answer.text();
    }
}
