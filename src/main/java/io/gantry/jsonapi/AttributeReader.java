package io.gantry.jsonapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of an object one by one and collects all that is wrong with them. {@link #finish} raises the problems, and
 * one more for each member that nobody asked for.
 */
public final class AttributeReader {

    private final ObjectNode object;
    private final String pointer;
    private final Set<String> known = new HashSet<>();
    private final List<Problem> problems;

    AttributeReader(ObjectNode object, String pointer) {
        this(object, pointer, new ArrayList<>());
    }

    private AttributeReader(ObjectNode object, String pointer, List<Problem> problems) {
        this.object = object;
        this.pointer = pointer;
        this.problems = problems;
    }

    /** Whether the member is there, null included. */
    public boolean has(String name) {
        known.add(name);
        return object.has(name);
    }

    /** Whether the member is there and null. */
    public boolean isNull(String name) {
        return has(name) && object.get(name).isNull();
    }

    /** The member as it is; empty where it is missing or null. */
    public Optional<JsonNode> find(String name) {
        known.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    /**
     * The member, turned into what it means.
     *
     * @param reading raises {@link IllegalArgumentException} with a sentence for the client about what would be right
     * @return empty where the member is missing, null or wrong
     */
    public <T> Optional<T> find(String name, Function<JsonNode, T> reading) {
        return find(name).flatMap(value -> {
            try {
                return Optional.of(reading.apply(value));
            } catch (IllegalArgumentException e) {
                reject(name, String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }

    /** Like {@link #find(String, Function)}; that it is missing or null is a problem too. */
    public <T> Optional<T> require(String name, Function<JsonNode, T> reading) {
        if (!has(name)) {
            problems.add(invalid(pointer, "The attribute \"" + name + "\" is missing."));
        } else if (isNull(name)) {
            reject(name, "The attribute \"" + name + "\" can't be null.");
        }
        return find(name, reading);
    }

    /**
     * The member, an object whose own members are read one by one; what is wrong with them is noted here.
     *
     * @return empty where the member is missing, null or no object
     */
    public <T> Optional<T> findObject(String name, Function<AttributeReader, T> reading) {
        Optional<ObjectNode> inner = find(name, AttributeReader::object);
        return inner.map(members -> {
            AttributeReader in = new AttributeReader(members, JsonPointer.to(pointer, name), problems);
            T value = reading.apply(in);
            in.rejectUnknown();
            return value;
        });
    }

    private static ObjectNode object(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("It must be an object.");
    }

    /** A member that clients may send back but not change. */
    public void requireUnchanged(String name, @Nullable Object current) {
        if (has(name) && !object.get(name).equals(Json.tree(current))) {
            reject(name, "The attribute \"" + name + "\" can't be changed. Leave it out or send it as it is.");
        }
    }

    /** A member that only the service writes, in a resource that isn't there yet. */
    public void forbid(String name) {
        if (has(name)) {
            reject(name, "The attribute \"" + name + "\" is set by the service. Leave it out.");
        }
    }

    /** Notes a problem with a member. */
    public void reject(String name, String detail) {
        problems.add(invalid(JsonPointer.to(pointer, name), detail));
    }

    /** Notes a problem of any sort. */
    public void reject(Problem problem) {
        problems.add(problem);
    }

    /** The place of a member, for problems with a code of their own. */
    public Place place(String name) {
        return Place.pointer(JsonPointer.to(pointer, name));
    }

    /** Raises what was found, all at once. */
    public void finish() {
        rejectUnknown();
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private void rejectUnknown() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                reject(name, "There is no attribute " + Excerpt.of(name) + " here.");
            }
        });
    }

    /** Reads a string of so many characters (code points). */
    public static Function<JsonNode, String> text(int min, int max) {
        return value -> {
            if (!value.isTextual()) {
                throw new IllegalArgumentException("It must be a string.");
            }
            String text = value.textValue();
            int length = text.codePointCount(0, text.length());
            if (length < min || length > max) {
                throw new IllegalArgumentException(
                        "It must have " + min + " to " + max + " characters and has " + length + ".");
            }
            return text;
        };
    }

    /** Reads an array of strings. */
    public static Function<JsonNode, List<String>> texts() {
        return value -> {
            List<String> texts = new ArrayList<>();
            value.forEach(element -> texts.add(element.textValue()));
            if (!value.isArray() || texts.contains(null)) {
                throw new IllegalArgumentException("It must be an array of strings.");
            }
            return texts;
        };
    }

    /** Reads an object of strings, in its order. */
    public static Function<JsonNode, Map<String, String>> textsByName() {
        return value -> {
            Map<String, String> texts = new LinkedHashMap<>();
            value.properties()
                    .forEach(member ->
                            texts.put(member.getKey(), member.getValue().textValue()));
            if (!value.isObject() || texts.containsValue(null)) {
                throw new IllegalArgumentException("It must be an object whose members are strings.");
            }
            return texts;
        };
    }

    private static Problem invalid(String pointer, String detail) {
        return Problem.of(HttpProblem.INVALID_ATTRIBUTE, detail).at(Place.pointer(pointer));
    }
}
