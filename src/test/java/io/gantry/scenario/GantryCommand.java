package io.gantry.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program called with some arguments, as a process of its own that ends by itself. */
final class GantryCommand {

    private GantryCommand() {}

    /** What it left. */
    record Result(int exitCode, String out, String err) {}

    static Result run(GantrySettings settings, Path workingFolder, String... arguments) throws IOException {
        Path out = Files.createTempFile("command", ".out");
        Path err = Files.createTempFile("command", ".err");
        ProcessBuilder builder = new ProcessBuilder(command(arguments))
                .directory(workingFolder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(settings.environment());
        int exitCode =
                builder.start().onExit().orTimeout(180, TimeUnit.SECONDS).join().exitValue();
        Result result = new Result(exitCode, Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(GantryProcess.java());
        command.addAll(List.of(arguments));
        return command;
    }
}
