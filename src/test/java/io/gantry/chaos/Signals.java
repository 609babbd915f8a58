package io.gantry.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sends signals that Java has no method for. */
final class Signals {

    private Signals() {}

    /** Returns when they are sent. */
    static void send(String signal, List<ProcessHandle> processes) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        new ProcessBuilder(command).start().onExit().join();
    }
}
