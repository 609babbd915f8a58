package io.gantry.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What {@code docker events} tells of one installation's containers from now on, as it comes. */
final class ContainerEvents implements AutoCloseable {

    private final Process process;
    private final List<Event> events = new CopyOnWriteArrayList<>();

    private ContainerEvents(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "docker-events");
        reader.setDaemon(true);
        reader.start();
    }

    static ContainerEvents ofInstallation(String id) {
        try {
            return new ContainerEvents(new ProcessBuilder(
                            "docker",
                            "events",
                            "--filter=type=container",
                            "--filter=label=io.gantry.installation=" + id,
                            "--format={{.ID}} {{.Action}}")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What happened to a container, but for commands that the test itself ran in it. */
    List<String> of(String container) {
        return events.stream()
                .filter(event -> event.container().equals(container))
                .map(Event::action)
                .filter(action -> !action.startsWith("exec_"))
                .toList();
    }

    /** How many ran at once, at most. */
    int mostRunning() {
        Set<String> running = new HashSet<>();
        int most = 0;
        for (Event event : events) {
            if (event.action().equals("start")) {
                running.add(event.container());
            } else if (event.action().equals("die")) {
                running.remove(event.container());
            }
            most = Math.max(most, running.size());
        }
        return most;
    }

    /** How many were started. */
    long starts() {
        return events.stream().filter(event -> event.action().equals("start")).count();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().map(Event::parse).forEach(events::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    private record Event(String container, String action) {
        static Event parse(String line) {
            int space = line.indexOf(' ');
            return new Event(line.substring(0, space), line.substring(space + 1));
        }
    }
}
