package io.gantry.chaos;

import io.gantry.chaos.observer.TableAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.byteman.agent.Main;

/** How the service under test is called: the built jar, or the classes that are being tested where there is none. */
final class Program {

    private final TableAccess tables;
    private final Engine engine;
    private final Map<String, String> clock;
    private final Path folder;
    private final String config;
    private final int maxTasks;
    private int calls;

    /**
     * @param folder for what it prints, and its data
     * @param maxTasks how many tasks it may store
     */
    Program(TableAccess tables, Setting setting, Path folder, int maxTasks) throws IOException {
        this.maxTasks = maxTasks;
        this.engine = setting.engine();
        this.clock = setting.clock().map(ServiceClock::environment).orElse(Map.of());
        String settings = Files.readString(Path.of("config.yml"));
        this.config = Files.writeString(
                        folder.resolve("config.yml"),
                        settings.replaceFirst("(?m)^  network: bridge$", "  network: " + engine.network()))
                .toString();
        this.tables = tables;
        this.folder = folder;
    }

    /** What was started, and where its output goes. */
    record Call(Process process, Path output) {}

    /** {@code server}, with Byteman listening on a port and one script loaded from the beginning, if there is one. */
    Call server(String node, int agentPort, Optional<String> script) throws IOException {
        List<String> agent = List.of("listener:true", "address:127.0.0.1", "port:" + agentPort);
        return call(environment(node, clock), agent, script, "server", config);
    }

    /** {@code db migrate}. */
    Call migrate(Optional<String> script) throws IOException {
        return call(environment("nobody", Map.of()), List.of("listener:false"), script, "db", "migrate", config);
    }

    private Call call(
            Map<String, String> environment, List<String> agentOptions, Optional<String> script, String... arguments)
            throws IOException {
        String name = "service-" + ++calls;
        List<String> options = new ArrayList<>(agentOptions);
        if (script.isPresent()) {
            options.add("script:" + Files.writeString(folder.resolve(name + ".btm"), script.get()));
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + agent() + "=" + String.join(",", options),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(main());
        command.addAll(List.of(arguments));
        Path output = folder.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Call(builder.start(), output);
    }

    private static String agent() {
        return Main.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    private static List<String> main() {
        return Optional.ofNullable(System.getProperty("gantry.jar"))
                .map(jar -> List.of("-jar", jar))
                .orElseGet(() -> List.of(
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.gantry.GantryApplication"));
    }

    private Map<String, String> environment(String node, Map<String, String> more) {
        Map<String, String> environment = new LinkedHashMap<>(more);
        environment.put("GANTRY_HTTP_PORT", "0");
        environment.put("GANTRY_ADMIN_PORT", "0");
        environment.put("GANTRY_NODE", node);
        environment.put("GANTRY_DOCKER_HOST", "unix://" + engine.socket());
        environment.put("GANTRY_DATA_DIR", folder.resolve("data").toString());
        environment.put("GANTRY_DATABASE_URL", tables.url());
        environment.put("GANTRY_DATABASE_USER", tables.user());
        environment.put("GANTRY_DATABASE_PASSWORD", tables.password());
        environment.put("GANTRY_MAX_TASKS", Integer.toString(maxTasks));
        environment.put("GANTRY_MAX_RUNNING", Integer.toString(Scene.SLOTS));
        return environment;
    }
}
