package io.gantry.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The classes of the packed service as Java has loaded them once: a process that is given them starts with a third less of
 * processor time. Made by the first test that needs it, once for all JVMs of one build.
 */
final class ClassArchive {

    private static Optional<List<String>> known = Optional.empty();

    private ClassArchive() {}

    /** What runs the packed service; absent where there is none, as before it is packed. */
    static synchronized Optional<List<String>> command() {
        if (known.isEmpty()) {
            known = Optional.ofNullable(System.getProperty("gantry.jar"))
                    .map(Path::of)
                    .map(ClassArchive::command);
        }
        return known;
    }

    private static List<String> command(Path jar) {
        Path archive = jar.resolveSibling("gantry.jsa");
        try (FileChannel channel = FileChannel.open(
                        jar.resolveSibling("gantry.jsa.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = channel.lock()) {
            if (!alone.isValid() || isStale(archive, jar)) {
                make(jar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return java(jar, "-XX:SharedArchiveFile=" + archive);
    }

    private static boolean isStale(Path archive, Path jar) throws IOException {
        return !Files.exists(archive)
                || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0;
    }

    /** As {@code make archive} does. */
    private static void make(Path jar) throws IOException, InterruptedException {
        List<String> jvm = GantryProcess.jvm();
        List<String> command = new ArrayList<>(List.of("src/scripts/class-archive", jar.toString()));
        command.addAll(jvm.subList(1, jvm.size()));
        Path output = jar.resolveSibling("gantry.jsa.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA", jvm.get(0));
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException("no archive was written:\n" + Files.readString(output));
        }
    }

    private static List<String> java(Path jar, String archive) {
        List<String> command = new ArrayList<>(GantryProcess.jvm());
        command.addAll(List.of(archive, "-jar", jar.toString()));
        return command;
    }
}
