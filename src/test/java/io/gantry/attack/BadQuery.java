package io.gantry.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gantry.contract.Operation;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Query parameters, encoded as they go into a URL: good ones, and all others. */
final class BadQuery {

    private static final List<String> BROKEN = List.of(
            "%",
            "%z",
            "%zz",
            "%0",
            "%00",
            "%c0%af",
            "%ed%a0%80",
            "%ff",
            "%u0041",
            "+",
            "%2B",
            "&&",
            "=",
            "==",
            "\u00e4",
            "|",
            "{}",
            "^",
            "\"",
            "<>",
            "%0d%0a",
            "a%26b%3Dc");

    private static final List<String> STRANGERS = List.of(
            "page",
            "page[]",
            "page[number]",
            "page[offset]",
            "page[limit]",
            "filter",
            "filter[]",
            "filter[id]",
            "filter[status][]",
            "fields",
            "fields[]",
            "fields[nothing]",
            "include[]",
            "sort[]",
            "access_token",
            "token",
            "owner",
            "_method",
            "callback",
            "format",
            "debug",
            "__proto__",
            "class.module",
            "dryrun",
            "DRYRUN",
            "Sort",
            "q");

    private static final List<String> ALL_NAMES = List.of(
            "page[size]",
            "page[after]",
            "page[before]",
            "sort",
            "include",
            "fields[tasks]",
            "fields[runs]",
            "filter[status]",
            "filter[image]",
            "filter[caller]",
            "tail",
            "since",
            "until",
            "stream",
            "timestamps",
            "dryRun");

    private final Dice dice;

    BadQuery(Dice dice) {
        this.dice = dice;
    }

    /** One of the operation's parameters as it should be, as far as the contract says. */
    String good(Operation operation) {
        List<String> names = List.copyOf(operation.parameters("query"));
        if (names.isEmpty()) {
            return "";
        }
        String name = dice.of(names);
        List<String> words = operation.words(name);
        String value = words.isEmpty() ? usual(name) : dice.of(words);
        return encoded(name) + "=" + encoded(value);
    }

    private String usual(String name) {
        return switch (name) {
            case "page[size]" -> Integer.toString(1 + dice.below(100));
            case "dryRun" -> "true";
            case "timestamps" -> "false";
            case "tail" -> "all";
            case "since", "until" -> "10m";
            case "filter[image]" -> Stock.IMAGE;
            default -> "x";
        };
    }

    /** One or more that are wrong, joined by ampersands. */
    String bad(Operation operation) {
        List<String> own = new ArrayList<>(operation.parameters("query"));
        String name = own.isEmpty() || dice.once(4) ? dice.of(ALL_NAMES) : dice.of(own);
        return switch (dice.below(8)) {
            case 0 -> encoded(dice.of(STRANGERS)) + "=" + encoded(dice.of(Texts.ALL));
            case 1 -> encoded(name) + "=1&" + encoded(name) + "=2";
            case 2 -> encoded(name) + "=" + dice.of(BROKEN);
            case 3 -> dice.of(BROKEN) + "=" + encoded(dice.of(Texts.ALL));
            case 4 -> encoded(dice.once(2) ? "page[after]" : "page[before]") + "=" + cursor();
            case 5 -> encoded(name);
            case 6 -> encoded(name) + "=" + encoded("a,".repeat(1 + dice.below(600)));
            default -> encoded(name) + "=" + encoded(dice.of(Texts.ALL));
        };
    }

    /** Forged: the checksum is no secret. */
    private String cursor() {
        String order =
                dice.of(List.of("-createdAt", "createdAt", "title", "-title", "status", "-queuedAt", "-at", "at"));
        String key = dice.of(Texts.ALL).replace("\\", "\\\\").replace("\"", "'").replaceAll("\\p{Cntrl}", "\\\\u0000");
        List<String> contents = List.of(
                "[]",
                "null",
                "{}",
                "[null]",
                "[\"" + order + "\"]",
                "[\"" + order + "\",null,null]",
                "[\"" + order + "\",[],{}]",
                "[\"" + order + "\",\"" + key + "\",\"" + dice.uuid() + "\"]",
                "[\"" + order + "\",\"" + dice.of(Texts.TIMES) + "\",\"" + dice.uuid() + "\"]",
                "[\"" + order + "\",\"2030-01-01T00:00:00Z\",\"" + dice.of(Texts.IDS) + "\"]",
                "[\"" + order + "\",\"2030-01-01T00:00:00Z\",\"" + dice.uuid() + "\",\"more\"]",
                "[".repeat(40));
        byte[] content = dice.of(contents).getBytes(UTF_8);
        byte[] all = new byte[content.length + 7];
        all[0] = (byte) (dice.once(10) ? 2 : 1);
        System.arraycopy(Arrays.copyOf(sha256(content), 6), 0, all, 1, 6);
        System.arraycopy(content, 0, all, 7, content.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
