package io.gantry.chaos.observer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Asks a virtual machine of this user, with {@code jcmd}, what its objects need. */
final class Heap {

    private static final Pattern USED = Pattern.compile("generation +total \\d+K, used (\\d+)K");

    private Heap() {}

    /** After a full collection, in mebibytes. The process must use the serial collector. */
    static int mebibytesInUse(long pid) throws IOException {
        jcmd(pid, "GC.run");
        return (int) (USED.matcher(jcmd(pid, "GC.heap_info"))
                        .results()
                        .mapToLong(match -> Long.parseLong(match.group(1)))
                        .sum()
                / 1024);
    }

    private static String jcmd(long pid, String command) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("jcmd " + command + ": " + answer);
        }
        return answer;
    }
}
