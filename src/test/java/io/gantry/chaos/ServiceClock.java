package io.gantry.chaos;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** The time of day that a service sees; what it measures time spans with goes on as ever. Needs libfaketime. */
final class ServiceClock implements AutoCloseable {

    private static final String LIBRARY = "libfaketimeMT.so.1";
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Path library;
    private final Path offset;

    /** Right at first. */
    ServiceClock(Path folder) throws IOException {
        this.library = library();
        this.offset = Files.createDirectories(folder).toAbsolutePath().resolve("clock");
        set(Duration.ZERO);
    }

    private static Path library() throws IOException {
        try (Stream<Path> found = Files.find(Path.of("/usr/lib"), 3, (path, attributes) -> path.endsWith(LIBRARY))) {
            return found.findFirst()
                    .orElseThrow(() -> new IOException("CLOCK needs libfaketime: sudo apt-get install faketime"));
        }
    }

    /** Whoever looks at it from now on is as far ahead of the machine. */
    void set(Duration ahead) throws IOException {
        Path next = offset.resolveSibling("clock.new");
        Files.writeString(next, "%+d%n".formatted(ahead.toSeconds()));
        Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    }

    /** For a process that shall see it. With the monotonic fix of libfaketime its waits would return at once, and threads spin. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "DONT_FAKE_MONOTONIC", "1",
                "NO_FAKE_STAT", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Removes what the library left in shared memory of processes that were killed. */
    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> remnants = Files.newDirectoryStream(SHARED_MEMORY, "*faketime_s*_*")) {
            for (Path remnant : remnants) {
                String name = remnant.toString();
                long pid = Long.parseLong(name.substring(name.lastIndexOf('_') + 1));
                if (ProcessHandle.of(pid).isEmpty()) {
                    Files.deleteIfExists(remnant);
                }
            }
        }
    }
}
