package io.gantry.database;

import java.util.List;
import java.util.stream.Collectors;

/** How the embedded server is set up. On its command line, so that they hold for a data folder of any age. */
final class PostgresSettings {

    private static final List<String> SETTINGS = List.of(
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "listen_addresses=127.0.0.1",
            // No socket file in /tmp.
            "unix_socket_directories=",
            "max_connections=100",
            "shared_buffers=64MB",
            // Small queries only: parallel workers would need more shared memory than a container has.
            "max_parallel_workers_per_gather=0",
            "jit=off",
            "timezone=UTC",
            "log_timezone=UTC",
            "log_checkpoints=off",
            // The details of an error can hold whole rows, environments included.
            "log_error_verbosity=terse");

    private PostgresSettings() {}

    /** For {@code pg_ctl -o}. */
    static String asOptions() {
        return SETTINGS.stream().map(setting -> "-c " + setting).collect(Collectors.joining(" "));
    }
}
