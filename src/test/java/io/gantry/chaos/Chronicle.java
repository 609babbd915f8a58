package io.gantry.chaos;

import io.gantry.chaos.Trial.Result;
import io.gantry.chaos.observer.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A failed trial's history, written down in the order of time for whoever looks for the reason. */
final class Chronicle {

    private Chronicle() {}

    private record Entry(Instant at, String what) {}

    static void write(Path folder, Result result, List<Service> lives) throws IOException {
        Path home = Files.createDirectories(
                folder.resolve("failed-" + result.fault().replace(' ', '-') + "-" + result.seed()));
        List<String> lines = new ArrayList<>();
        result.findings().forEach(finding -> lines.add(finding.toString()));
        result.history()
                .ifPresent(history -> entries(history).forEach(entry -> lines.add(entry.at() + " " + entry.what())));
        Files.write(home.resolve("history.txt"), lines);
        for (int i = 0; i < lives.size(); i++) {
            Files.writeString(
                    home.resolve("life-" + (i + 1) + ".log"), lives.get(i).output());
        }
    }

    private static List<Entry> entries(History history) {
        List<Entry> entries = new ArrayList<>();
        history.exchanges().forEach(exchange -> entries.add(new Entry(exchange.sentAt(), exchange.toString())));
        history.events()
                .forEach(event -> entries.add(new Entry(
                        event.at(), "engine " + event.action() + " " + event.container() + " of run " + event.run())));
        history.samples()
                .forEach(sample -> entries.add(new Entry(
                        sample.at(),
                        "tables "
                                + sample.runs().stream()
                                        .map(run -> run.columns().toString())
                                        .toList())));
        entries.sort(Comparator.comparing(Entry::at));
        return entries;
    }
}
