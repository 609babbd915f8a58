package io.gantry.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Docker needs without us: its command line, and its HTTP interface with nothing in between. */
final class PlainDocker {

    private static final UnixDomainSocketAddress SOCKET = UnixDomainSocketAddress.of("/var/run/docker.sock");
    private static final String CONTAINER = """
            {"Image": "busybox", "Cmd": ["echo", "hello"], "HostConfig": {
              "Init": true, "NetworkMode": "bridge", "Memory": 536870912, "MemorySwap": 536870912, "PidsLimit": 256,
              "NanoCpus": 1000000000, "LogConfig": {"Type": "local"}, "SecurityOpt": ["no-new-privileges"]}}""";

    /** What makes its container the one that a task gets by default. */
    static final List<String> AS_A_TASK = List.of(
            "--init",
            "--memory=512m",
            "--memory-swap=512m",
            "--cpus=1",
            "--pids-limit=256",
            "--shm-size=64m",
            "--ulimit=nofile=1024",
            "--ulimit=core=0",
            "--security-opt=no-new-privileges",
            "--cap-drop=ALL",
            "--cap-add=CHOWN",
            "--cap-add=DAC_OVERRIDE",
            "--cap-add=FOWNER",
            "--cap-add=FSETID",
            "--cap-add=KILL",
            "--cap-add=NET_BIND_SERVICE",
            "--cap-add=SETFCAP",
            "--cap-add=SETGID",
            "--cap-add=SETPCAP",
            "--cap-add=SETUID",
            "--cap-add=SYS_CHROOT",
            "--log-driver=local");

    private PlainDocker() {}

    /** The wall time of so many echoes, two at a time, with these options of {@code docker run}. */
    static Duration echoes(int count, List<String> options) throws IOException, InterruptedException {
        long start = System.nanoTime();
        shell("seq " + count + " | xargs -P2 -I{} docker run --rm " + String.join(" ", options) + " busybox echo {}");
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** From the request to create a container to the moment at which the engine has started it. */
    static double createAndStartMillis(Instant before) throws IOException, InterruptedException {
        String id = find("\"Id\":\"(\\w+)\"", call("POST", "/containers/create", CONTAINER));
        try {
            call("POST", "/containers/" + id + "/start", "");
            call("POST", "/containers/" + id + "/wait", "");
            String started = find("\"StartedAt\":\"([^\"]+)\"", call("GET", "/containers/" + id + "/json", ""));
            return Numbers.millisBetween(before, Instant.parse(started));
        } finally {
            call("DELETE", "/containers/" + id, "");
        }
    }

    /** Removes what a stopped service left running. */
    static void removeContainersOf(String node) throws IOException, InterruptedException {
        shell("docker ps -aq --filter label=io.gantry.node=" + node + " | xargs -r docker rm -f");
    }

    private static void shell(String line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", line + " >/dev/null")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(line + " failed");
        }
    }

    private static String call(String method, String path, String body) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(SOCKET);
            channel.write(UTF_8.encode(
                    "%s %s HTTP/1.1\r\nHost: docker\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(method, path, body.getBytes(UTF_8).length, body)));
            ByteBuffer answer = ByteBuffer.allocate(1 << 18);
            while (channel.read(answer) >= 0 && answer.hasRemaining()) {}
            return UTF_8.decode(answer.flip()).toString();
        }
    }

    private static String find(String pattern, String text) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }
}
