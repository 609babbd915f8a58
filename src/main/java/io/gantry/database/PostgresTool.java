package io.gantry.database;

import io.gantry.problem.CannotStart;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs Postgres's own programs, each to its end. */
final class PostgresTool {

    private final PostgresBinaries binaries;
    private final UnprivilegedUser user;
    /** A file: a server that is started inherits the output, so that reading it to its end would never end. */
    private final Path output;

    PostgresTool(PostgresBinaries binaries, UnprivilegedUser user, Path output) {
        this.binaries = binaries;
        this.user = user;
        this.output = output;
    }

    /** What a program left behind. */
    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    Result run(String program, String... arguments) throws IOException {
        return runWithInput("", program, arguments);
    }

    Result runWithInput(String input, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(binaries.program(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(user.command(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            process.destroy();
            throw e;
        }
        return new Result(exitCode(process), Files.readString(output));
    }

    private static int exitCode(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("Interrupted while waiting for Postgres.", e);
        }
    }
}
