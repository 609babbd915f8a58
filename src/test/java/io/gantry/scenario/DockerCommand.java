package io.gantry.scenario;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the {@code docker} command says and does, independent of the service under test. */
public final class DockerCommand {

    private DockerCommand() {}

    /** Runs {@code docker} with these arguments and gives what it printed; fails if it fails. */
    public static String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
            return output.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The ids of a run's containers, of any state; there should never be two. */
    public static List<String> containersOfRun(String run) {
        return containersLabelled("io.gantry.run=" + run);
    }

    /** The ids of all containers that a node made, of any state. */
    public static List<String> containersOfNode(String node) {
        return containersLabelled("io.gantry.node=" + node);
    }

    /** The ids of all containers that were made of an image, by whatever name or id, of any state. */
    static List<String> containersOfImage(String image) {
        return ids("--all", "--filter", "ancestor=" + image);
    }

    /** The ids of those that run now. */
    public static List<String> runningContainersOfNode(String node) {
        return ids("--filter", "label=io.gantry.node=" + node);
    }

    /** Waits until all have ended by themselves. */
    public static void awaitNoRunningContainerOfNode(String node) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> runningContainersOfNode(node).isEmpty());
    }

    static void removeContainersOfNode(String node) {
        containersOfNode(node).forEach(id -> docker("rm", "--force", "--volumes", id));
    }

    private static List<String> containersLabelled(String label) {
        return ids("--all", "--filter", "label=" + label);
    }

    private static List<String> ids(String... selection) {
        List<String> arguments = new ArrayList<>(List.of("ps", "--quiet", "--no-trunc"));
        arguments.addAll(List.of(selection));
        return docker(arguments.toArray(String[]::new))
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
