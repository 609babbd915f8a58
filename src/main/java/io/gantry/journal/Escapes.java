package io.gantry.journal;

/** Makes characters visible that would begin a line or be taken as a command by whoever shows a log. */
final class Escapes {

    private Escapes() {}

    /** For text that shall stay on one line. */
    static String line(String text) {
        return escape(text, "");
    }

    /** For text of several lines. */
    static String lines(String text) {
        return escape(text, "\n\t");
    }

    private static String escape(String text, String harmless) {
        if (text.chars().noneMatch(c -> isCommand(c) && harmless.indexOf(c) < 0)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            if (isCommand(c) && harmless.indexOf(c) < 0) {
                escaped.append(visible(c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    private static String visible(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", c);
        };
    }

    /**
     * C0 and C1 controls, such as ESC and CSI; U+2028 and U+2029, which end a line; and invisible format characters, such as
     * those that turn the direction of writing.
     */
    private static boolean isCommand(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
