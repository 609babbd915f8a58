package io.gantry.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads a request's attributes one by one and keeps a problem for each that breaks its rule. */
final class AttributeReader {

    private static final String PARENT = "/data/attributes";

    private final JsonNode attributes;
    private final Map<String, Problem> problems = new LinkedHashMap<>();

    AttributeReader(JsonNode attributes) {
        this.attributes = attributes;
    }

    /** True when the client names the attribute, be it with null. */
    boolean names(String attribute) {
        return attributes.has(attribute);
    }

    /**
     * An attribute that must be there. Its rule throws {@link BrokenRule}.
     *
     * @param otherwise what counts when the client doesn't name it
     */
    <T> Optional<T> required(String attribute, Optional<T> otherwise, Function<JsonNode, T> rule) {
        JsonNode value = attributes.get(attribute);
        if (value == null) {
            if (otherwise.isEmpty()) {
                problem(attribute, PARENT, "“" + attribute + "” is missing.");
            }
            return otherwise;
        }
        return value.isNull() ? broken(attribute, "can't be null") : checked(attribute, value, rule);
    }

    /**
     * An attribute that may be left out; null clears it.
     *
     * @param otherwise what counts when the client doesn't name it
     */
    <T> Optional<T> optional(String attribute, Optional<T> otherwise, Function<JsonNode, T> rule) {
        JsonNode value = attributes.get(attribute);
        if (value == null) {
            return otherwise;
        }
        return value.isNull() ? Optional.empty() : checked(attribute, value, rule);
    }

    /** Keeps a problem for the attribute, unless it has one. */
    <T> Optional<T> broken(String attribute, String predicate) {
        problem(attribute, pointer(attribute), "“" + attribute + "” " + predicate + ".");
        return Optional.empty();
    }

    /** Throws all problems kept, in the order in which they were found. */
    void check() {
        if (!problems.isEmpty()) {
            throw new ProblemException(List.copyOf(problems.values()));
        }
    }

    /** The names of the attributes that the client sent. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        attributes.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private <T> Optional<T> checked(String attribute, JsonNode value, Function<JsonNode, T> rule) {
        try {
            return Optional.of(rule.apply(value));
        } catch (BrokenRule e) {
            return broken(attribute, e.predicate());
        }
    }

    private void problem(String attribute, String pointer, String detail) {
        problems.putIfAbsent(attribute, new Problem(HttpProblem.INVALID_ATTRIBUTE, detail, Place.pointer(pointer)));
    }

    private static String pointer(String attribute) {
        return PARENT + "/" + attribute.replace("~", "~0").replace("/", "~1");
    }
}
