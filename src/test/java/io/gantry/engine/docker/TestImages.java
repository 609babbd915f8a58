package io.gantry.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Images for tests, made from the machine's own static busybox where no registry is in reach. */
public final class TestImages {

    private static final List<Path> BUSYBOX_PLACES = List.of(Path.of("/bin/busybox"), Path.of("/usr/bin/busybox"));
    private static final List<String> APPLETS = List.of(
            "sh",
            "ash",
            "awk",
            "cat",
            "chmod",
            "cut",
            "date",
            "dd",
            "echo",
            "env",
            "expr",
            "false",
            "grep",
            "head",
            "id",
            "kill",
            "ls",
            "md5sum",
            "mkdir",
            "printf",
            "pwd",
            "rm",
            "sed",
            "seq",
            "sha256sum",
            "sleep",
            "stty",
            "sync",
            "tail",
            "test",
            "touch",
            "tr",
            "true",
            "usleep",
            "wc",
            "whoami",
            "yes");

    private TestImages() {}

    /** Makes sure that {@code busybox:latest} is there, and returns its name. */
    public static String busybox() {
        return ensure("busybox", "");
    }

    /** An image like busybox with an entrypoint ({@code /bin/echo from-entrypoint}) and a command ({@code from-cmd}). */
    static String withEntrypoint() {
        return ensure(
                "gantry-test-entrypoint",
                "&changes=" + encoded("ENTRYPOINT [\"/bin/echo\",\"from-entrypoint\"]") + "&changes="
                        + encoded("CMD [\"from-cmd\"]"));
    }

    /** Removes a name of an image, and the image with its last name; one that isn't there is no error. */
    public static void remove(String name) {
        try (DockerTransport docker = new DockerTransport(host())) {
            int status = status(docker, "DELETE", "/images/" + name, new byte[0]);
            if (status != 200 && status != 404) {
                throw new IllegalStateException("the engine didn't remove the image " + name + ": " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DockerHost host() {
        return new DockerHostSettings(System.getenv(), Path.of(System.getProperty("user.home"))).find("");
    }

    private static synchronized String ensure(String name, String changes) {
        try (DockerTransport docker = new DockerTransport(host())) {
            if (status(docker, "GET", "/images/" + name + ":latest/json", new byte[0]) == 404) {
                byte[] tar = rootFileSystem();
                int status =
                        status(docker, "POST", "/images/create?fromSrc=-&repo=" + name + "&tag=latest" + changes, tar);
                if (status != 200) {
                    throw new IllegalStateException("the engine didn't import " + name + ": " + status);
                }
            }
            return name + ":latest";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int status(DockerTransport docker, String method, String path, byte[] body) throws IOException {
        Request request = Request.builder()
                .method(method)
                .path(path)
                .putHeader("Content-Type", "application/x-tar")
                .bodyBytes(body)
                .build();
        try (Response response = docker.execute(request)) {
            response.getBody().readAllBytes();
            return response.getStatusCode();
        }
    }

    /** One static binary, its names, and the few files that tools look for. */
    static byte[] rootFileSystem() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String folder : List.of("bin/", "etc/", "tmp/")) {
                TarArchiveEntry entry = new TarArchiveEntry(folder);
                entry.setMode(folder.equals("tmp/") ? 041777 : 040755);
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            file(tar, "bin/busybox", Files.readAllBytes(busyboxOfThisMachine()), 0100755);
            file(
                    tar,
                    "etc/passwd",
                    bytes("root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n"),
                    0100644);
            file(tar, "etc/group", bytes("root:x:0:\nnogroup:x:65534:\n"), 0100644);
            for (String applet : APPLETS) {
                TarArchiveEntry link = new TarArchiveEntry("bin/" + applet, TarConstants.LF_SYMLINK);
                link.setLinkName("busybox");
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** A file of so many bytes that nobody has seen before and that can't be packed. */
    static byte[] noise(int size) throws IOException {
        byte[] noise = new byte[size];
        new SecureRandom().nextBytes(noise);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            file(tar, "noise", noise, 0100644);
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static Path busyboxOfThisMachine() {
        try (Stream<Path> places = BUSYBOX_PLACES.stream()) {
            return places.filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            "there is no busybox image and no busybox to make one of; install busybox-static"));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
