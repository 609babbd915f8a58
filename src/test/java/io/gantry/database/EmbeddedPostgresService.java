package io.gantry.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another process that owns an embedded Postgres, to be killed. */
final class EmbeddedPostgresService implements AutoCloseable {

    private final Process process;

    private EmbeddedPostgresService(Process process) {
        this.process = process;
    }

    static EmbeddedPostgresService start(Path folder) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedPostgresService.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals("owned")) {
                return new EmbeddedPostgresService(process);
            }
        }
        throw new IllegalStateException("the other process has ended");
    }

    long pid() {
        return process.pid();
    }

    /** As {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    /** Lets it stop its server and end. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }

    public static void main(String... arguments) throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.own(Path.of(arguments[0]))) {
            System.out.println(postgres.isOwned() ? "owned" : "joined");
            while (System.in.read() >= 0) {
                System.out.println("goes on");
            }
        }
    }
}
