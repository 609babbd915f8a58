package io.gantry.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.DockerException;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.ImageReference;
import io.gantry.engine.PullResult;
import io.gantry.engine.StartError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the engine's words are understood; those of Docker 20.10 to 29 and of registries. */
class FailuresTest {

    private static DockerException answer(int status, String message) {
        return new DockerException("{\"message\":\"" + message + "\"}\n", status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | invalid mount config | refused",
                "403 | forbidden by policy | refused",
                "409 | conflict | refused",
                "429 | slow down | unavailable",
                "500 | driver failed programming external connectivity | refused",
                "500 | lstat /etc/passwd/shutting down: not a directory | refused",
                "500 | Cannot mkdir: /shutting down is not a directory | refused",
                "500 | evalSymlinksInScope: too many links in /shutting down | refused",
                "500 | unable to find user containerd-unavailable: no matching entries in passwd file | refused",
                "500 | context deadline exceeded | unavailable",
                "500 | error while dialing: connection refused | unavailable",
                "500 | '' | unavailable",
                "502 | bad gateway | unavailable",
                "503 | not now | unavailable",
                "400 | client version 1.41 is too old. Minimum supported API version is 1.44 | unavailable",
                "400 | client version 1.47 is too new. Maximum supported API version is 1.41 | unavailable",
            })
    void a_refusal_is_told_from_an_engine_in_trouble(int status, String message, String kind) {
        assertThat(Failures.translate(answer(status, message)))
                .isInstanceOf(kind.equals("refused") ? EngineRefused.class : EngineUnavailable.class);
    }

    @Test
    void a_message_that_is_not_json_is_kept() {
        assertThat(Failures.message(new DockerException("proxy says no", 400))).isEqualTo("proxy says no");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | failed to create shim task: OCI runtime create failed: runc create failed: unable to start container"
                        + " process: exec: 'nosuch': executable file not found in $PATH: unknown"
                        + " | exec: 'nosuch': executable file not found in $PATH",
                "400 | failed to create task for container: failed to create shim task: OCI runtime create failed: runc"
                        + " create failed: unable to start container process: error during container init: exec: '/etc':"
                        + " permission denied: unknown"
                        + " | error during container init: exec: '/etc': permission denied",
                "500 | linux spec user: unable to find user x: no matching entries in passwd file"
                        + " | linux spec user: unable to find user x: no matching entries in passwd file",
                "500 | Cannot mkdir: /bin/busybox is not a directory | Cannot mkdir: /bin/busybox is not a directory",
                "400 | unable to find user network: no matching entries in passwd file"
                        + " | unable to find user network: no matching entries in passwd file",
                "400 | uids and gids must be in range 0-2147483647 | uids and gids must be in range 0-2147483647",
            })
    void a_command_that_cannot_start_is_recognised(int status, String message, String detail) {
        assertThat(StartFault.of(answer(status, message.replace("'", "\\\"")))).contains(detail.replace("'", "\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "could not find bridge docker0: no such file or directory",
                "exec: docker-init: executable file not found in $PATH",
                "write /var/lib/docker/x: no space left on device: permission denied",
                "OCI runtime create failed: cgroup: permission denied",
                "something else",
            })
    void what_is_the_hosts_fault_is_not_the_commands(String message) {
        assertThat(StartFault.of(answer(500, message))).isEmpty();
        assertThat(StartFault.ofState(message).map(StartError::fault)).contains(StartError.Fault.ENGINE);
    }

    @Test
    void what_a_container_remembers_of_its_start_is_understood_like_the_answer_to_the_start() {
        assertThat(StartFault.ofState(
                        "OCI runtime create failed: exec: \"nosuch\": executable file not found in $PATH"))
                .contains(new StartError(
                        StartError.Fault.COMMAND, "exec: \"nosuch\": executable file not found in $PATH"));
        assertThat(StartFault.ofState("context deadline exceeded"))
                .contains(new StartError(StartError.Fault.ENGINE, "context deadline exceeded"));
        assertThat(StartFault.ofState("")).isEmpty();
    }

    @Test
    void the_line_of_the_init_process_counts_only_alone() {
        String line = "[FATAL tini (7)] exec nosuch failed: No such file or directory\n";

        assertThat(StartFault.ofOutput(line)).contains("exec nosuch failed: No such file or directory");
        assertThat(StartFault.ofOutput("hello\n" + line)).isEmpty();
        assertThat(StartFault.ofOutput(line + "hello\n")).isEmpty();
        assertThat(StartFault.ofOutput("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manifest for nginx:nope not found: manifest unknown: manifest unknown",
                "manifest unknown: manifest unknown",
                "pull access denied for nope, repository does not exist or may require 'docker login'",
                "denied: requested access to the resource is denied",
                "errors: denied: requested access to the resource is denied unauthorized: authentication required",
                "unauthorized: authentication required",
                "no matching manifest for linux/amd64 in the manifest list entries",
                "name unknown: repository name not known to registry",
            })
    void a_registry_without_the_image_is_recognised(String message) {
        assertThat(PullVerdict.of(message, new ImageReference("nginx:nope")))
                .isEqualTo(new PullResult.NoSuchImage(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Get https://registry-1.docker.io/v2/: dial tcp: lookup registry-1.docker.io: no such host",
                "Get http://127.0.0.1:5/v2/: dial tcp 127.0.0.1:5: connect: connection refused",
                "net/http: request canceled (Client.Timeout exceeded while awaiting headers)",
                "toomanyrequests: You have reached your pull rate limit. authentication required: unauthorized",
                "failed to register layer: write /x: no space left on device",
                "x509: certificate signed by unknown authority",
                "received unexpected HTTP status: 500 Internal Server Error",
            })
    void a_registry_out_of_reach_is_recognised(String message) {
        assertThat(PullVerdict.of(message, new ImageReference("nginx:nope")))
                .isEqualTo(new PullResult.PullFailed(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acme/timeout-tool | manifest for acme/timeout-tool:latest not found: manifest unknown | missing",
                "acme/tool:tls | manifest for acme/tool:tls not found: manifest unknown | missing",
                "acme/timeout | pull access denied for acme/timeout, repository does not exist | missing",
                "docker.io/acme/timeout | pull access denied for acme/timeout, repository does not exist | missing",
                "timeout | pull access denied for timeout, repository does not exist | missing",
                "timeout:1 | manifest for timeout:1 not found: manifest unknown: manifest unknown | missing",
                "timeout.example/tool | manifest for timeout.example/tool:latest not found: manifest unknown | missing",
                "h.example/tool:timeout | Get https://h.example/v2/tool/manifests/timeout: unauthorized | missing",
                "denied | denied: requested access to the resource is denied | missing",
                "timeout | net/http: request canceled (Client.timeout exceeded): manifest unknown | failed",
                "denied.example/tool | Get https://denied.example/v2/: EOF | failed",
                "acme/unauthorized | Get https://h.example/v2/acme/unauthorized/manifests/latest: EOF | failed",
                "acme/unauthorized | layers of acme/unauthorized-2 are unauthorized | missing",
            })
    void the_name_of_an_image_tells_nothing_of_its_registry(String image, String message, String kind) {
        assertThat(PullVerdict.of(message, new ImageReference(image)))
                .isInstanceOf(kind.equals("missing") ? PullResult.NoSuchImage.class : PullResult.PullFailed.class);
    }
}
