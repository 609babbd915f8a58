package io.gantry.logs;

/** A place in a log: how many bytes of each stream come before it. */
record StreamOffsets(long stdout, long stderr, long mark) {

    static final StreamOffsets ZERO = new StreamOffsets(0, 0, 0);

    long of(LogStream stream) {
        return switch (stream) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
            case MARK -> mark;
        };
    }

    StreamOffsets with(LogStream stream, long value) {
        return switch (stream) {
            case STDOUT -> new StreamOffsets(value, stderr, mark);
            case STDERR -> new StreamOffsets(stdout, value, mark);
            case MARK -> new StreamOffsets(stdout, stderr, value);
        };
    }

    StreamOffsets plus(LogStream stream, long bytes) {
        return with(stream, of(stream) + bytes);
    }

    /** The same place as an offset in the whole log. */
    long total() {
        return stdout + stderr + mark;
    }
}
