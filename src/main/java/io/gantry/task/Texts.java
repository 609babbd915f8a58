package io.gantry.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The rules of text in requests, which all throw {@link BrokenRule}. */
final class Texts {

    private Texts() {}

    /** A string that Postgres and a container's environment can hold. */
    static String text(JsonNode value) {
        if (!value.isTextual()) {
            throw new BrokenRule("must be a string");
        }
        return storable(value.textValue());
    }

    /** The same, with at least one and at most so many characters (code points). */
    static String text(JsonNode value, int most) {
        String text = textUpTo(value, most);
        if (text.isEmpty()) {
            throw new BrokenRule("can't be empty");
        }
        return text;
    }

    static String textUpTo(JsonNode value, int most) {
        String text = text(value);
        int length = text.codePointCount(0, text.length());
        if (length > most) {
            throw new BrokenRule("can have " + most + " characters at most, not " + length);
        }
        return text;
    }

    static List<String> list(JsonNode value, int most) {
        if (!value.isArray()) {
            throw new BrokenRule("must be an array of strings");
        }
        if (value.size() > most) {
            throw new BrokenRule("can have " + most + " elements at most, not " + value.size());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw new BrokenRule("must be an array of strings; element " + texts.size() + " isn't a string");
            }
            texts.add(storable(element.textValue()));
        }
        return List.copyOf(texts);
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static String storable(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new BrokenRule("can't contain the character U+0000");
        }
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new BrokenRule("can't contain half of a surrogate pair");
        }
        return text;
    }
}
