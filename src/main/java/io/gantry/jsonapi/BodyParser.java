package io.gantry.jsonapi;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the bytes of a body as JSON, strictly: UTF-8, one value, no member twice, within bounds. */
final class BodyParser {

    private BodyParser() {}

    static JsonNode parse(byte[] body) {
        String text = text(body);
        if (text.isBlank()) {
            throw malformed("The body is empty. Send a JSON:API document.");
        }
        try {
            JsonNode tree = Json.parse(text);
            new TextScan().check(tree);
            return tree;
        } catch (StreamConstraintsException e) {
            throw malformed("The JSON is out of bounds: at most " + Json.MAX_DEPTH + " levels, " + Json.MAX_TOKENS
                    + " tokens, strings of " + Json.MAX_STRING + " characters, names of " + Json.MAX_NAME
                    + " characters, numbers of " + Json.MAX_NUMBER + " digits.");
        } catch (JsonProcessingException e) {
            throw malformed("The body isn't one JSON value with unique member names" + at(e.getLocation()) + ": "
                    + Excerpt.unquoted(e.getOriginalMessage()));
        }
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("The body isn't UTF-8.");
        }
    }

    private static String at(JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static ProblemException malformed(String detail) {
        return Problem.of(HttpProblem.MALFORMED_JSON, detail)
                .at(Place.pointer(""))
                .asException();
    }
}
