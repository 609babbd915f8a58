package io.gantry.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A Postgres server process that runs over a data folder, as its {@code postmaster.pid} describes it. */
record Postmaster(long pid, int port, boolean ready) {

    private static final Path PROCESSES = Path.of("/proc");
    private static final String PID_FILE = "postmaster.pid";
    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    /** The one that runs over this folder, if any. A file left behind by one that was killed doesn't count. */
    static Optional<Postmaster> find(Path data) throws IOException {
        List<String> lines = pidFile(data);
        if (lines.size() <= PORT_LINE) {
            return Optional.empty();
        }
        long pid = Long.parseLong(lines.get(PID_LINE).strip());
        if (!commandLine(PROCESSES.resolve(Long.toString(pid))).contains(data.toString())) {
            return Optional.empty();
        }
        boolean ready =
                lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
        return Optional.of(
                new Postmaster(pid, Integer.parseInt(lines.get(PORT_LINE).strip()), ready));
    }

    /**
     * Removes a file left behind by a server of which no process is left. Postgres itself believes in such a file as soon
     * as its number belongs to any process or thread, which is likely after the restart of a container.
     */
    static void forgetDead(Path data) throws IOException {
        if (!pidFile(data).isEmpty() && !anyProcessIn(data)) {
            Files.deleteIfExists(data.resolve(PID_FILE));
        }
    }

    private static boolean anyProcessIn(Path data) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (mayWorkIn(data, process)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Every process of a server works in its data folder. Where we can't see that, any Postgres may be of it. */
    private static boolean mayWorkIn(Path data, Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(data);
        } catch (IOException e) {
            return commandLine(process).startsWith("postgres:");
        }
    }

    private static List<String> pidFile(Path data) throws IOException {
        try {
            return Files.readAllLines(data.resolve(PID_FILE));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
