package io.gantry.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/** Spoils a JSON document: what it says, or how it is written. */
final class BadJson {

    private static final String MARK = "@@literal@@";

    /** Written as they are in the place of a value. */
    private static final List<String> LITERALS = List.of(
            "null",
            "true",
            "0",
            "-0",
            "-0.0",
            "1e999",
            "-1e-999",
            "1E400",
            "9".repeat(33),
            "1" + "0".repeat(1000),
            "0." + "3".repeat(1000),
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[\"\"]",
            "{\"\":null}",
            "{\"\\u0000\":1}",
            "{\"\\ud800\":1}",
            "{\"a\":1,\"a\":2}",
            "{\"" + "k".repeat(257) + "\":1}",
            "NaN",
            "-Infinity",
            "01",
            "+1",
            ".5",
            "0x1f",
            "'x'",
            "undefined",
            "//",
            "\"\t\"",
            "\"\\x41\"",
            "\"unended",
            "[1,]",
            "{,}");

    private final Dice dice;
    private final List<UnaryOperator<byte[]>> writings = List.of(
            text -> prefixed("\u00ef\u00bb\u00bf", text),
            text -> new String(text, UTF_8).getBytes(UTF_16LE),
            text -> ("\ufeff" + new String(text, UTF_8)).getBytes(UTF_16BE),
            text -> new String(text, UTF_8).getBytes(ISO_8859_1),
            this::cut,
            this::flipped,
            this::withByte,
            text -> new byte[0],
            text -> "   ".getBytes(UTF_8),
            text -> joined(text, text),
            text -> joined(text, "x".getBytes(UTF_8)),
            text -> prefixed("{\"data\":null,", cutFront(text)),
            text -> prefixed("/* */", text),
            text -> nested(33),
            text -> nested(1_000),
            text -> nested(100_000),
            text -> "{\"a\":".repeat(1_000).getBytes(UTF_8),
            text -> "null".getBytes(UTF_8),
            text -> "\"data\"".getBytes(UTF_8),
            text -> joined(text, " ".repeat(256 * 1024).getBytes(UTF_8)),
            this::noise);

    BadJson(Dice dice) {
        this.dice = dice;
    }

    /** One to three changes of what it says, seldom one of how it is written. */
    byte[] spoil(JsonNode document) {
        JsonNode changed = document.deepCopy();
        List<String> literals = new ArrayList<>();
        for (int changes = dice.below(3); changes >= 0; changes--) {
            change(changed, literals);
        }
        String text = changed.toString();
        for (String literal : literals) {
            text = text.replaceFirst("\"" + MARK + "\"", Matcher.quoteReplacement(literal));
        }
        byte[] bytes = text.getBytes(UTF_8);
        return dice.once(4) ? dice.of(writings).apply(bytes) : bytes;
    }

    private void change(JsonNode document, List<String> literals) {
        List<JsonNode> containers = new ArrayList<>();
        collect(document, containers);
        JsonNode place = dice.of(containers);
        if (place instanceof ObjectNode object) {
            change(object, literals);
        } else if (place instanceof ArrayNode array) {
            change(array, literals);
        }
    }

    private void change(ObjectNode object, List<String> literals) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty() || dice.once(4)) {
            put(object, dice.of(Texts.ALL), literals);
        } else if (dice.once(4)) {
            object.remove(dice.of(names));
        } else if (dice.once(40)) {
            enlarge(object);
        } else {
            put(object, dice.of(names), literals);
        }
    }

    private void put(ObjectNode object, String name, List<String> literals) {
        if (dice.once(2)) {
            object.put(name, dice.of(Texts.ALL));
        } else {
            object.put(name, MARK);
            literals.add(dice.of(LITERALS));
        }
    }

    private void change(ArrayNode array, List<String> literals) {
        if (dice.once(2)) {
            array.add(dice.of(Texts.ALL));
        } else if (dice.once(20)) {
            int size = dice.of(List.of(257, 11_000));
            for (int i = 0; i < size; i++) {
                array.add("a");
            }
        } else {
            array.insert(0, MARK);
            literals.add(dice.of(LITERALS));
        }
    }

    private void enlarge(ObjectNode object) {
        switch (dice.below(3)) {
            case 0 -> object.put("title", "t".repeat(64 * 1024 + 1));
            case 1 -> object.put("command", "c".repeat(64 * 1024));
            default -> {
                for (int i = 0; i < 6_000; i++) {
                    object.put("key" + i, i);
                }
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private byte[] cut(byte[] text) {
        return Arrays.copyOf(text, dice.below(text.length + 1));
    }

    private static byte[] cutFront(byte[] text) {
        return text.length == 0 ? text : Arrays.copyOfRange(text, 1, text.length);
    }

    private byte[] flipped(byte[] text) {
        byte[] other = text.clone();
        if (other.length > 0) {
            other[dice.below(other.length)] ^= (byte) (1 << dice.below(8));
        }
        return other;
    }

    private byte[] withByte(byte[] text) {
        byte[] other = text.clone();
        if (other.length > 0) {
            other[dice.below(other.length)] = (byte) dice.below(256);
        }
        return other;
    }

    private byte[] noise(byte[] text) {
        return dice.bytes(1 + dice.below(2_000));
    }

    private static byte[] nested(int depth) {
        return ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);
    }

    private static byte[] prefixed(String latin, byte[] text) {
        return joined(latin.getBytes(ISO_8859_1), text);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
