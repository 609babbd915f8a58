package io.gantry.chaos.observer;

import java.util.List;

/**
 * A task whose container's output and end are known in advance: numbered lines, each with a checksum, and a last line that
 * says how many there were, so that a log shows by itself whether it is whole.
 *
 * @param salt goes into the checksums, so that no two tasks write the same
 * @param pauseMillis between two lines
 * @param onTerm the exit code of a shell that SIGTERM has ended
 */
public record Truth(Kind kind, int lines, int salt, int exitCode, int pauseMillis, int onTerm) {

    /** What SIGTERM makes of a shell that says goodbye. */
    public static final int TERMINATED = 143;

    private static final int STDERR_EVERY = 10;

    /** One that says by its exit code that SIGTERM has ended it. */
    public Truth(Kind kind, int lines, int salt, int exitCode, int pauseMillis) {
        this(kind, lines, salt, exitCode, pauseMillis, TERMINATED);
    }

    /** How it goes. */
    public enum Kind {
        /** Lines on stdout, some on stderr. Ends by itself, or by SIGTERM. */
        COUNTED,
        /** As many lines as there is time for, until SIGTERM. */
        ENDLESS,
        /** One line, without a shell. */
        ECHO
    }

    /** How a stored stream stands to what the container wrote. */
    public enum Match {
        WHOLE,
        PREFIX,
        DIFFERENT
    }

    /** How a shell came to its end. */
    public enum Ending {
        ALL_SAID,
        CUT_SHORT,
        UNKNOWN
    }

    /** The command as a request carries it: a shell's line, or arguments. */
    public Object command() {
        return switch (kind) {
            case ECHO -> List.of("echo", line(1).strip());
            case COUNTED ->
                script("[ $i -lt " + lines + " ]", "[ $((i%" + STDERR_EVERY + ")) = 0 ] && echo \"E $i\" >&2;");
            case ENDLESS -> script("true", "");
        };
    }

    /** Counting and printing are one command, so that a signal comes before both or after both. */
    private String script(String goOn, String also) {
        return "i=0; trap 'echo \"end $i\"; exit " + onTerm + "' TERM; while " + goOn
                + "; do echo \"S $((i+=1)) $(((i*7919+" + salt + ")%10007))\"; " + also
                + (pauseMillis == 0 ? "" : " usleep " + pauseMillis * 1000 + ";")
                + " done; echo \"end $i\"; exit " + exitCode;
    }

    /** Whether its exit code alone shows that nobody told it to end. */
    public boolean isToldByItsCode() {
        return kind == Kind.ECHO || exitCode != onTerm;
    }

    /** How it ended, as far as what is stored of stdout says so. */
    public Ending ending(Bytes stdout) {
        String text = stdout.toString();
        if (!text.contains("end")) {
            return Ending.UNKNOWN;
        }
        return kind == Kind.COUNTED && linesBefore(text, "end") == lines ? Ending.ALL_SAID : Ending.CUT_SHORT;
    }

    /** Judges what is stored of stdout and stderr. */
    public Match judge(Bytes stdout, Bytes stderr) {
        return switch (kind) {
            case ECHO -> both(against(stdout, line(1)), against(stderr, ""));
            case COUNTED, ENDLESS -> counted(stdout, stderr);
        };
    }

    private Match counted(Bytes stdout, Bytes stderr) {
        int count = linesBefore(stdout.toString(), "end");
        if (kind == Kind.COUNTED && count > lines) {
            return Match.DIFFERENT;
        }
        Match ended = against(stdout, linesTo(count) + "end " + count + "\n");
        if (ended != Match.DIFFERENT) {
            return both(ended, ended == Match.WHOLE ? errors(stderr, count) : against(stderr, errorsTo(lines)));
        }
        int next = kind == Kind.COUNTED ? Math.min(count + 1, lines) : count + 1;
        return both(both(Match.PREFIX, against(stdout, linesTo(next))), against(stderr, errorsTo(lines)));
    }

    /** A signal may come between a line on stdout and the one on stderr that belongs to it. */
    private Match errors(Bytes stderr, int count) {
        Match exact = against(stderr, errorsTo(count));
        return count < lines && exact != Match.WHOLE ? against(stderr, errorsTo(count - 1)) : exact;
    }

    private static int linesBefore(String text, String word) {
        int end = text.indexOf(word);
        return (int) (end < 0 ? text : text.substring(0, end))
                .chars()
                .filter(c -> c == '\n')
                .count();
    }

    private static Match both(Match one, Match other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Match against(Bytes stored, String text) {
        Bytes truth = Bytes.of(text);
        if (!stored.isBeginningOf(truth)) {
            return Match.DIFFERENT;
        }
        return stored.equals(truth) ? Match.WHOLE : Match.PREFIX;
    }

    String linesTo(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append(line(i));
        }
        return text.toString();
    }

    String errorsTo(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = STDERR_EVERY; kind == Kind.COUNTED && i <= count; i += STDERR_EVERY) {
            text.append("E ").append(i).append('\n');
        }
        return text.toString();
    }

    private String line(int i) {
        return "S " + i + " " + (i * 7919L + salt) % 10007 + "\n";
    }
}
