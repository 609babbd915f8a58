package io.gantry.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectImageResponse;
import io.gantry.engine.ImageReference;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {

    private static final InspectImageResponse KNOWN_BY_MANY = new InspectImageResponse()
            .withId(digest("0"))
            .withRepoDigests(
                    List.of("h.example/busybox@" + digest("1"), "busybox@" + digest("2"), "busybox@" + digest("3")));

    @ParameterizedTest
    @CsvSource({"busybox, 2", "h.example/busybox:1, 1", "busybox@, 3", "busybox:1@, 3"})
    void the_digest_is_the_one_that_was_asked_for_and_else_one_of_the_repository(String image, String digit) {
        String asked = image.endsWith("@") ? image + digest(digit) : image;

        assertThat(Images.facts(new ImageReference(asked), KNOWN_BY_MANY).digest())
                .isEqualTo(digest(digit));
    }

    private static String digest(String digit) {
        return "sha256:" + digit.repeat(64);
    }
}
