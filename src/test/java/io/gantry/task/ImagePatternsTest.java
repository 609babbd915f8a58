package io.gantry.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePatternsTest {

    private static final String DIGEST = "@sha256:1111111111111111111111111111111111111111111111111111111111111111";

    @ParameterizedTest
    @CsvSource({
        "**, ghcr.io/a/b:1",
        "docker.io/library/*, busybox",
        "docker.io/library/*, busybox:1.36",
        "docker.io/library/busybox, index.docker.io/busybox:1.36",
        "docker.io/**, team/tools/a",
        "registry.lan:5000/tool, registry.lan:5000/tool:2",
        "ghcr.io/a/b:1.*, ghcr.io/a/b:1.2",
        "ghcr.io/a/b:latest, ghcr.io/a/b",
        "ghcr.io/a/b, ghcr.io/a/b:1.2" + DIGEST,
        "ghcr.io/a/b@*, ghcr.io/a/b" + DIGEST,
        "ghcr.io/a/b:1.*@*, ghcr.io/a/b:1.2" + DIGEST,
    })
    void allow(String pattern, String image) {
        assertThat(new ImagePatterns(List.of("nothing.lan/else", pattern)).allows(image))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/library/*, team/busybox",
        "docker.io/*, busybox",
        "busybox, busybox",
        "ghcr.io/a/b:1.*, ghcr.io/a/b:2.1",
        "ghcr.io/a/b:1.*, ghcr.io/a/b",
        "ghcr.io/a/b, ghcr.io/a/bc",
        "ghcr.io/a.b/c, ghcr.io/axb/c",
        "ghcr.io/a/*, evil.example/ghcr.io/a/b",
        "ghcr.io/a/b:1.*, ghcr.io/a/b:1.2" + DIGEST,
        "ghcr.io/a/b:**, ghcr.io/a/b:1.2" + DIGEST,
        "ghcr.io/a/b:1.*, ghcr.io/a/b" + DIGEST,
    })
    void refuse(String pattern, String image) {
        assertThat(new ImagePatterns(List.of(pattern)).allows(image)).isFalse();
    }

    @Test
    void of_which_there_are_none_allow_nothing() {
        assertThat(new ImagePatterns(List.of()).allows("busybox")).isFalse();
    }
}
