package io.gantry.logs;

import io.gantry.access.Scope;
import io.gantry.database.Database;
import io.gantry.run.RunId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads back what is stored, in the simplest way. */
public final class StoredLogs {

    private final LoggedRuns runs;
    private final LogReader reader;

    public StoredLogs(Database database) {
        this.runs = new LoggedRunStore(database);
        this.reader = new LogReader(new LogPageStore(database));
    }

    LoggedRun facts(RunId run) {
        return runs.find(run, Scope.ALL).orElseThrow();
    }

    public byte[] everything(RunId run) {
        StoredLog log = reader.open(facts(run));
        return read(log, LogSelection.all(log.end()));
    }

    byte[] stream(RunId run, LogStream stream) {
        StoredLog log = reader.open(facts(run));
        return read(log, LogSelection.of(stream, 0, log.end().of(stream)));
    }

    private byte[] read(StoredLog log, LogSelection selection) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            reader.copy(log, selection, 0, selection.length(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
