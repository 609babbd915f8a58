package io.gantry.chaos.observer;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.chaos.observer.Truth.Ending;
import io.gantry.chaos.observer.Truth.Kind;
import io.gantry.chaos.observer.Truth.Match;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TruthTest {

    private static final Truth COUNTED = new Truth(Kind.COUNTED, 20, 5, 0, 0);
    private static final Truth ENDLESS = new Truth(Kind.ENDLESS, 0, 5, 0, 10);
    private static final String ERRORS = "E 10\nE 20\n";

    private static Match judge(Truth truth, String stdout, String stderr) {
        return truth.judge(Bytes.of(stdout), Bytes.of(stderr));
    }

    @Test
    void all_of_it_is_the_whole() {
        assertThat(judge(COUNTED, COUNTED.linesTo(20) + "end 20\n", ERRORS)).isEqualTo(Match.WHOLE);
    }

    @Test
    void every_beginning_is_a_beginning() {
        String whole = COUNTED.linesTo(20) + "end 20\n";
        for (int length = 0; length < whole.length(); length++) {
            assertThat(judge(COUNTED, whole.substring(0, length), "E 1"))
                    .as("the first %d bytes", length)
                    .isEqualTo(Match.PREFIX);
        }
    }

    @Test
    void a_missing_byte_of_stderr_makes_it_a_beginning() {
        assertThat(judge(COUNTED, COUNTED.linesTo(20) + "end 20\n", "E 10\nE 20"))
                .isEqualTo(Match.PREFIX);
    }

    @Test
    void a_goodbye_in_the_middle_is_the_whole() {
        assertThat(judge(COUNTED, COUNTED.linesTo(10) + "end 10\n", "E 10\n")).isEqualTo(Match.WHOLE);
        assertThat(judge(COUNTED, COUNTED.linesTo(10) + "end 10\n", "")).isEqualTo(Match.WHOLE);
        assertThat(judge(ENDLESS, ENDLESS.linesTo(3) + "end 3\n", "")).isEqualTo(Match.WHOLE);
    }

    @Test
    void without_a_goodbye_it_is_a_beginning() {
        assertThat(judge(ENDLESS, ENDLESS.linesTo(3), "")).isEqualTo(Match.PREFIX);
    }

    @Test
    void last_words_say_whether_it_was_cut_short() {
        assertThat(COUNTED.ending(Bytes.of(COUNTED.linesTo(20) + "end 20\n"))).isEqualTo(Ending.ALL_SAID);
        assertThat(COUNTED.ending(Bytes.of(COUNTED.linesTo(19) + "end 19\n"))).isEqualTo(Ending.CUT_SHORT);
        assertThat(COUNTED.ending(Bytes.of(COUNTED.linesTo(20)))).isEqualTo(Ending.UNKNOWN);
        assertThat(ENDLESS.ending(Bytes.of("end 0\n"))).isEqualTo(Ending.CUT_SHORT);
    }

    @Test
    void anything_else_differs() {
        List<String> wrong = List.of(
                COUNTED.linesTo(3) + COUNTED.linesTo(1),
                COUNTED.linesTo(21),
                COUNTED.linesTo(20) + "end 19\n",
                COUNTED.linesTo(20) + "end 20\nend 20\n",
                COUNTED.linesTo(21) + "end 21\n",
                "S 1 1\n");
        assertThat(wrong)
                .allSatisfy(text -> assertThat(judge(COUNTED, text, "")).isEqualTo(Match.DIFFERENT));
        assertThat(judge(COUNTED, COUNTED.linesTo(20) + "end 20\n", "E 10\nE 10\n"))
                .isEqualTo(Match.DIFFERENT);
    }

    @Test
    void a_shell_does_write_so() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", COUNTED.command().toString()).start();
        Bytes stdout = Bytes.of(shell.getInputStream().readAllBytes());
        Bytes stderr = Bytes.of(shell.getErrorStream().readAllBytes());
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(COUNTED.judge(stdout, stderr)).as(stdout.toString()).isEqualTo(Match.WHOLE);
    }
}
