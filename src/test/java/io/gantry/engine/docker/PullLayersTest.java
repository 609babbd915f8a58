package io.gantry.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gantry.engine.PullProgress;
import org.junit.jupiter.api.Test;

/** The lines are those of a Docker 20.10, but for the lengths of the ids. */
class PullLayersTest {

    private final PullLayers layers = new PullLayers();

    private PullProgress after(String... lines) throws JsonProcessingException {
        for (String line : lines) {
            layers.take(new JsonMapper().readTree(line));
        }
        return layers.progress();
    }

    private static String line(String layer, String status) {
        return "{\"status\":\"%s\",\"progressDetail\":{},\"id\":\"%s\"}".formatted(status, layer);
    }

    private static String download(String layer, long current, long total) {
        return "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":%d,\"total\":%d},\"id\":\"%s\"}"
                .formatted(current, total, layer);
    }

    @Test
    void knows_nothing_at_first() throws JsonProcessingException {
        assertThat(after()).isEqualTo(PullProgress.NONE);
    }

    @Test
    void counts_layers_and_not_the_line_of_the_tag() throws JsonProcessingException {
        assertThat(after(
                        "{\"status\":\"Pulling from library/busybox\",\"id\":\"latest\"}",
                        line("a", "Already exists"),
                        line("b", "Pulling fs layer"),
                        line("b", "Waiting")))
                .isEqualTo(new PullProgress(2, 1, 0, 0));
    }

    @Test
    void adds_up_what_is_downloaded_of_the_layers_whose_size_is_known() throws JsonProcessingException {
        assertThat(after(
                        line("a", "Pulling fs layer"),
                        line("b", "Pulling fs layer"),
                        line("c", "Pulling fs layer"),
                        download("a", 10, 100),
                        download("b", 7, 7),
                        "{\"status\":\"Downloading\",\"progressDetail\":{\"current\":99},\"id\":\"c\"}"))
                .isEqualTo(new PullProgress(3, 0, 17, 107));
    }

    @Test
    void takes_a_layer_as_downloaded_when_the_engine_says_so_and_as_done_when_it_is_unpacked()
            throws JsonProcessingException {
        after(line("a", "Pulling fs layer"), download("a", 10, 100));

        assertThat(after(line("a", "Verifying Checksum"))).isEqualTo(new PullProgress(1, 0, 10, 100));
        assertThat(after(line("a", "Download complete"))).isEqualTo(new PullProgress(1, 0, 100, 100));
        assertThat(after("{\"status\":\"Extracting\",\"progressDetail\":{\"current\":5,\"total\":900},\"id\":\"a\"}"))
                .isEqualTo(new PullProgress(1, 0, 100, 100));
        assertThat(after(line("a", "Pull complete"))).isEqualTo(new PullProgress(1, 1, 100, 100));
    }

    @Test
    void a_download_that_begins_again_goes_back() throws JsonProcessingException {
        assertThat(after(download("a", 90, 100), line("a", "Retrying in 1 second"), download("a", 5, 100)))
                .isEqualTo(new PullProgress(1, 0, 5, 100));
    }

    @Test
    void lines_without_a_layer_or_with_impossible_numbers_do_no_harm() throws JsonProcessingException {
        assertThat(after(
                        "{}",
                        "[]",
                        "7",
                        "{\"status\":\"Digest: sha256:0\"}",
                        download("a", -5, -1),
                        download("b", 300, 100),
                        "{\"status\":4,\"progressDetail\":\"x\",\"id\":\"c\"}"))
                .isEqualTo(new PullProgress(3, 0, 100, 100));
    }

    @Test
    void an_engine_that_never_ends_to_name_layers_is_not_followed() throws JsonProcessingException {
        for (int i = 0; i < 5000; i++) {
            after(line("layer " + i, "Pulling fs layer"));
        }

        assertThat(after(line("layer 0", "Pull complete"))).isEqualTo(new PullProgress(1000, 1, 0, 0));
    }
}
