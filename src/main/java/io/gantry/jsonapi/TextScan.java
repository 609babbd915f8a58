package io.gantry.jsonapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** Finds text that no database and no process can hold: U+0000 and halves of surrogate pairs. */
final class TextScan {

    private static final String REASON =
            "Text may hold any Unicode character but U+0000, and no half of a surrogate pair. Leave it out.";

    private final List<Problem> problems = new ArrayList<>();

    void check(JsonNode tree) {
        walk(tree, "");
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private void walk(JsonNode node, String pointer) {
        if (node.isTextual() && !isText(node.textValue())) {
            reject(pointer);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            walk(node.get(i), JsonPointer.to(pointer, i));
        }
        node.properties().forEach(member -> {
            if (isText(member.getKey())) {
                walk(member.getValue(), JsonPointer.to(pointer, member.getKey()));
            } else {
                reject(pointer);
            }
        });
    }

    private void reject(String pointer) {
        problems.add(Problem.of(HttpProblem.INVALID_ATTRIBUTE, REASON).at(Place.pointer(pointer)));
    }

    /** Whether it can be stored and handed to a process. */
    static boolean isText(String text) {
        return text.codePoints().noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
    }
}
