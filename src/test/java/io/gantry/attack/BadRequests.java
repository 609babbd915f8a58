package io.gantry.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gantry.attack.Draft.Frame;
import io.gantry.contract.Operation;
import java.util.ArrayList;
import java.util.List;

/** Makes requests from what the contract describes, each good at first and then spoilt in a way or two. */
final class BadRequests {

    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PATCH",
            "DELETE",
            "OPTIONS",
            "PUT",
            "TRACE",
            "CONNECT",
            "PROPFIND",
            "get",
            "X",
            "PRI");

    private static final List<String> PATHS = List.of(
            "%2F",
            "%2f..%2f",
            "%00",
            "..",
            ".",
            "/..",
            "/../..",
            ";x=1",
            ";",
            "/;",
            "//",
            "/",
            "%",
            "%zz",
            "%c0%af",
            "%ff",
            "%2e%2e",
            "%5c",
            "\\",
            "%0d%0aX-Evil:1",
            "%20",
            "%09",
            "\u00e4",
            "\u00ff\u00fe",
            "|",
            "\"",
            "<x>",
            "{id}",
            "^",
            "`",
            "%ed%a0%80",
            "%f4%90%80%80",
            "*",
            ":",
            "@",
            "%25",
            "%23",
            "%3f",
            "'or'1'='1",
            "x".repeat(2_000),
            "x".repeat(9_000),
            "/x".repeat(500),
            "nul",
            ".json",
            "~",
            "$",
            "favicon.ico",
            "WEB-INF/web.xml",
            "actuator",
            ".git/config");

    private final Dice dice;
    private final List<Operation> operations;
    private final Stock stock;
    private final BadJson json;
    private final BadQuery query;
    private final BadHeaders headers;

    BadRequests(Dice dice, List<Operation> operations, Stock stock) {
        this.dice = dice;
        this.operations = operations;
        this.stock = stock;
        this.json = new BadJson(dice);
        this.query = new BadQuery(dice);
        this.headers = new BadHeaders(dice);
    }

    /** What can be spoilt. */
    private enum Part {
        BODY("body"),
        QUERY("query"),
        PATH("path"),
        HEADERS("headers"),
        CREDENTIALS("credentials"),
        METHOD("method"),
        NOTHING("nothing");

        private final String word;

        Part(String word) {
            this.word = word;
        }
    }

    BadRequest next() {
        Operation operation = dice.of(operations);
        Draft draft = new Draft(operation.method(), path(operation));
        draft.put("Host: 127.0.0.1");
        draft.put("Authorization: Bearer " + stock.token(dice));
        List<JsonNode> bodies = operation.bodies();
        if (!bodies.isEmpty()) {
            draft.put("Content-Type: application/vnd.api+json");
            draft.body(stock.harmless(dice.of(bodies), draft.path(), dice)
                    .toString()
                    .getBytes(UTF_8));
        }
        if (dice.once(3) && !operation.parameters("query").isEmpty()) {
            draft.parameter(query.good(operation));
        }
        Part part = part(!bodies.isEmpty());
        spoil(draft, operation, part, bodies);
        if (dice.once(4)) {
            spoil(draft, operation, part(!bodies.isEmpty()), bodies);
        }
        return draft.finish(part.word, dice.once(15) ? Frame.CHUNKED : Frame.LENGTH);
    }

    private Part part(boolean takesBody) {
        List<Part> parts = new ArrayList<>(List.of(Part.values()));
        parts.addAll(
                takesBody ? List.of(Part.BODY, Part.BODY, Part.BODY, Part.BODY) : List.of(Part.QUERY, Part.HEADERS));
        return dice.of(parts);
    }

    private void spoil(Draft draft, Operation operation, Part part, List<JsonNode> bodies) {
        switch (part) {
            case BODY ->
                draft.body(
                        bodies.isEmpty()
                                ? json.spoil(JsonNodeFactory.instance.objectNode())
                                : json.spoil(stock.harmless(dice.of(bodies), draft.path(), dice)));
            case QUERY -> draft.parameter(query.bad(operation));
            case PATH -> spoilPath(draft);
            case HEADERS -> headers.spoil(draft);
            case CREDENTIALS -> headers.credentials(draft);
            case METHOD -> draft.method(dice.of(METHODS));
            case NOTHING -> {
                if (draft.method().equals("GET") && dice.once(3)) {
                    draft.method("HEAD");
                }
            }
        }
    }

    private void spoilPath(Draft draft) {
        String bad = dice.of(PATHS);
        String path = draft.path();
        int place = dice.once(2) ? path.length() : 1 + dice.below(path.length());
        draft.path(path.substring(0, place) + bad + path.substring(place));
    }

    /** Ids of what is there, mostly. */
    private String path(Operation operation) {
        String template = operation.template();
        if (!template.contains("{id}")) {
            return template;
        }
        String id = switch (dice.below(10)) {
            case 0 -> dice.of(Texts.IDS).replace("{", "%7B").replace("}", "%7D");
            case 1 -> dice.uuid().toString();
            default -> stock.id(template, dice);
        };
        return template.replace("{id}", id);
    }
}
