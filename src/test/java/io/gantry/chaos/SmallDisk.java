package io.gantry.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A small file system in memory, which can be filled up. Needs root. */
final class SmallDisk implements AutoCloseable {

    private static final int MEGABYTES = 400;
    private static final int PIECE = 64 * 1024;

    private final Path folder;
    private final Path ballast;

    /** Mounts it. */
    SmallDisk(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder).toRealPath();
        this.ballast = folder.resolve("ballast");
        run(List.of("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m,mode=755", "gantry-chaos", path()));
    }

    Path folder() {
        return folder;
    }

    private String path() {
        return folder.toString();
    }

    /** Takes all that is free. */
    void fill() throws IOException {
        byte[] zeros = new byte[PIECE];
        try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (free() > 0) {
                out.write(zeros);
            }
        } catch (IOException e) {
            if (free() >= PIECE) {
                throw e;
            }
        }
    }

    private long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Gives back what {@link #fill} took. */
    void clear() throws IOException {
        Files.deleteIfExists(ballast);
    }

    @Override
    public void close() throws IOException {
        run(List.of("umount", "--lazy", path()));
        Files.delete(folder);
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("DISK needs root: " + String.join(" ", command) + ": " + output.strip());
        }
    }
}
