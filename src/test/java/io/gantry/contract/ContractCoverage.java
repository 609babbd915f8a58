package io.gantry.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** Which answers of which operations have been seen, and which never. */
public final class ContractCoverage implements AutoCloseable {

    private final OpenApiDocument document;
    private final Path report;
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    /** @param report written at the end */
    public ContractCoverage(OpenApiDocument document, Path report) {
        this.document = document;
        this.report = report;
    }

    void seen(Operation operation, Exchange exchange) {
        seen.add(line(operation, exchange.status()));
    }

    Set<String> neverSeen() {
        Set<String> all = new TreeSet<>();
        document.operations()
                .forEach(operation -> operation.statuses().forEach(status -> all.add(line(operation, status))));
        all.removeAll(seen);
        return all;
    }

    @Override
    public void close() {
        try {
            Files.createDirectories(report.toAbsolutePath().getParent());
            Files.write(report, List.of("seen:", indented(seen), "never seen:", indented(neverSeen())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String indented(Set<String> lines) {
        return lines.isEmpty() ? "  none" : "  " + String.join("\n  ", lines);
    }

    private static String line(Operation operation, int status) {
        return operation + " " + status;
    }
}
