package io.gantry.chaos;

import io.gantry.chaos.observer.Bytes;
import io.gantry.chaos.observer.Exchange.Answer;
import io.gantry.chaos.observer.Exchange.Request;
import io.gantry.chaos.observer.Observer;
import io.gantry.chaos.observer.RecordingClient;
import io.gantry.chaos.observer.RunRow;
import io.gantry.chaos.observer.StoredLog;
import java.net.URI;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the logs of runs twice: as the tables hold them, and as the service serves them. */
record Readings(Observer observer, RecordingClient client) {

    /** By run. */
    Map<UUID, StoredLog> of(List<RunRow> runs, URI service) throws SQLException, InterruptedException {
        Map<UUID, StoredLog> logs = new LinkedHashMap<>();
        for (RunRow run : runs) {
            logs.put(run.id(), new StoredLog(observer.chunksOf(run.id()), served(run, service)));
        }
        return logs;
    }

    private Bytes served(RunRow run, URI service) throws InterruptedException {
        Request ask = new Request("GET", "/runs/" + run.id() + "/logs", Optional.of(run.task()), Optional.empty(), "");
        return client.send(service, ask).map(Answer::body).orElse(Bytes.of("no answer"));
    }
}
