package io.gantry.logs;

import io.gantry.engine.OutputStreamName;
import java.util.Arrays;

/** Whose bytes a chunk of a log holds: one of the container's two streams, or a mark of our own. */
enum LogStream {
    STDOUT(1, "stdout"),
    STDERR(2, "stderr"),
    MARK(3, "gantry");

    private final int code;
    private final String word;

    LogStream(int code, String word) {
        this.code = code;
        this.word = word;
    }

    static LogStream of(OutputStreamName name) {
        return name == OutputStreamName.STDOUT ? STDOUT : STDERR;
    }

    static LogStream ofCode(int code) {
        return Arrays.stream(values()).filter(s -> s.code == code).findFirst().orElseThrow();
    }

    /** The number that stands for it in the database. */
    int code() {
        return code;
    }

    /** The word that stands for it on the wire. */
    String word() {
        return word;
    }
}
