package io.gantry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

    private static final String HEX_64 = "0123456789abcdef".repeat(4);
    private static final String DIGEST = "sha256:" + HEX_64;

    @ParameterizedTest
    @CsvSource({
        "ubuntu, docker.io/library/ubuntu:latest",
        "ubuntu:22.04, docker.io/library/ubuntu:22.04",
        "UBUNTU.example/a, UBUNTU.example/a:latest",
        "library/ubuntu, docker.io/library/ubuntu:latest",
        "docker.io/ubuntu, docker.io/library/ubuntu:latest",
        "index.docker.io/ubuntu, docker.io/library/ubuntu:latest",
        "docker.io/user/tool:1, docker.io/user/tool:1",
        "user/tool, docker.io/user/tool:latest",
        "a/b/c/d, docker.io/a/b/c/d:latest",
        "ghcr.io/a/b:1.2, ghcr.io/a/b:1.2",
        "localhost/tool, localhost/tool:latest",
        "localhost:5000/tool, localhost:5000/tool:latest",
        "127.0.0.1:5000/tool:v1, 127.0.0.1:5000/tool:v1",
        "[2001:db8::1]/tool, [2001:db8::1]/tool:latest",
        "[2001:db8::1]:5000/tool, [2001:db8::1]:5000/tool:latest",
        "host-1.example:80/a_b/c__d/e.f/g---h:T_.-, host-1.example:80/a_b/c__d/e.f/g---h:T_.-",
        "deadbeef, docker.io/library/deadbeef:latest",
    })
    void is_normalised_as_docker_does(String sent, String normalised) {
        ImageReference image = new ImageReference(sent);

        assertThat(image.normalised()).isEqualTo(normalised);
        assertThat(image.value()).isEqualTo(sent);
        assertThat(new ImageReference(normalised).normalised()).isEqualTo(normalised);
    }

    @Test
    void a_digest_takes_the_place_of_the_default_tag() {
        ImageReference image = new ImageReference("busybox@" + DIGEST);

        assertThat(image.normalised()).isEqualTo("docker.io/library/busybox@" + DIGEST);
        assertThat(image.tag()).isEmpty();
        assertThat(image.digest()).contains(DIGEST);
    }

    @Test
    void tag_and_digest_can_stand_together() {
        ImageReference image = new ImageReference("ghcr.io/a/b:1.2@" + DIGEST);

        assertThat(image.normalised()).isEqualTo("ghcr.io/a/b:1.2@" + DIGEST);
        assertThat(image.domain()).isEqualTo("ghcr.io");
        assertThat(image.path()).isEqualTo("a/b");
        assertThat(image.repository()).isEqualTo("ghcr.io/a/b");
        assertThat(image.tag()).contains("1.2");
        assertThat(image.digest()).contains(DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " ubuntu",
                "ubuntu ",
                "ubuntu\n",
                "ubuntu\0",
                "Ubuntu",
                "User/tool",
                "ghcr.io/A/b",
                "ubuntu:",
                "ubuntu:a b",
                "ubuntu:-a",
                "ubuntu:a:b",
                ":tag",
                "/ubuntu",
                "ubuntu/",
                "a//b",
                "../ubuntu",
                "a/../b",
                "-ubuntu",
                "ubuntu-",
                "a___b",
                "a._b",
                "a..b",
                "-host.example/a",
                "host.example-/a",
                "host..example/a",
                "host.example:/a",
                "host.example:port/a",
                "https://ghcr.io/a/b",
                "übuntu",
                "ubuntu@",
                "ubuntu@sha256",
                "ubuntu@sha256:",
                "ubuntu@sha256:abc",
                "ubuntu@md5:0123456789abcdef0123456789abcdef",
                "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            })
    void what_docker_refuses_is_refused_with_a_reason(String sent) {
        assertThat(ImageReference.faultOf(sent)).isPresent();
        assertThatThrownBy(() -> new ImageReference(sent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(ImageReference.faultOf(sent).orElseThrow());
    }

    @Test
    void a_digest_is_lower_case_and_of_the_length_of_its_algorithm() {
        assertThat(ImageReference.faultOf("a@sha512:" + HEX_64 + HEX_64)).isEmpty();
        assertThat(ImageReference.faultOf("a@sha512:" + HEX_64)).isPresent();
        assertThat(ImageReference.faultOf("a@sha256:" + HEX_64 + "0")).isPresent();
        assertThat(ImageReference.faultOf("a@sha256:" + HEX_64.toUpperCase(java.util.Locale.ROOT)))
                .isPresent();
        assertThat(ImageReference.faultOf("a@" + DIGEST + "@" + DIGEST)).isPresent();
    }

    static Stream<String> longest() {
        return Stream.of(
                "a".repeat(255 - "docker.io/library/".length()),
                "h.example/" + "a".repeat(245),
                "a:" + "t".repeat(128),
                "h.example/" + "a".repeat(245) + ":" + "t".repeat(128) + "@" + DIGEST);
    }

    @ParameterizedTest
    @MethodSource
    void longest(String sent) {
        assertThat(ImageReference.faultOf(sent)).isEmpty();
    }

    static Stream<String> too_long() {
        return Stream.of(
                "a".repeat(256 - "docker.io/library/".length()),
                "h.example/" + "a".repeat(246),
                "a:" + "t".repeat(129),
                "a".repeat(4096),
                "a/".repeat(1 << 20));
    }

    @ParameterizedTest
    @MethodSource
    void too_long(String sent) {
        assertThat(ImageReference.faultOf(sent)).isPresent();
    }
}
