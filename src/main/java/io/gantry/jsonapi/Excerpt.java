package io.gantry.jsonapi;

/** What a client sent, quoted, short and harmless enough for a message. */
final class Excerpt {

    private static final int LENGTH = 80;

    private Excerpt() {}

    static String of(String text) {
        return '"' + unquoted(text) + '"';
    }

    static String unquoted(String text) {
        StringBuilder harmless = new StringBuilder();
        text.codePoints()
                .limit(LENGTH)
                .map(point -> isPlain(point) ? point : '\uFFFD')
                .forEach(harmless::appendCodePoint);
        return text.codePointCount(0, text.length()) > LENGTH
                ? harmless.append('…').toString()
                : harmless.toString();
    }

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
