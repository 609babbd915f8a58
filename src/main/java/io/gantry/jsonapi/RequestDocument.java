package io.gantry.jsonapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The resource that a client sent. What JSON:API doesn't define, outside the attributes, is ignored, as it demands. */
public final class RequestDocument {

    private final Optional<String> type;
    private final Optional<String> id;
    private final ObjectNode attributes;
    private final String attributesPlace;
    private final ObjectNode relationships;

    private RequestDocument(ObjectNode data) {
        type = Optional.ofNullable(data.get("type")).map(JsonNode::textValue);
        id = Optional.ofNullable(data.get("id")).map(JsonNode::textValue);
        attributes = object(data, "attributes");
        attributesPlace = data.has("attributes") ? "/data/attributes" : "/data";
        relationships = object(data, "relationships");
    }

    /** A resource to be created; its type may be left out. */
    public static RequestDocument forCreation(byte[] body, ResourceType type) {
        RequestDocument document = parse(body);
        document.requireType(type);
        return document;
    }

    /** Like {@link #forCreation}, but no body at all is a resource without attributes. */
    public static RequestDocument forCreationWithOptionalBody(byte[] body, ResourceType type) {
        return body.length == 0 ? new RequestDocument(JsonNodeFactory.instance.objectNode()) : forCreation(body, type);
    }

    /** A resource to be changed: type and id must be those of the URL. */
    public static RequestDocument forUpdate(byte[] body, ResourceIdentifier target) {
        RequestDocument document = parse(body);
        document.requireIdentity(target);
        return document;
    }

    /** The id that the client chose or repeats. */
    public Optional<String> id() {
        return id;
    }

    /** Begins to read the attributes. */
    public AttributeReader attributes() {
        return new AttributeReader(attributes, attributesPlace);
    }

    public ObjectNode relationships() {
        return relationships;
    }

    private static RequestDocument parse(byte[] body) {
        JsonNode tree = BodyParser.parse(body);
        if (!tree.isObject()) {
            throw malformed("", "A JSON:API document is an object with a member \"data\".")
                    .asException();
        }
        JsonNode data = tree.get("data");
        if (data == null) {
            throw malformed("", "The document has no \"data\". Put the resource object there.")
                    .asException();
        }
        if (!(data instanceof ObjectNode resource)) {
            throw malformed("/data", "\"data\" must be one resource object.").asException();
        }
        List<Problem> problems = new ArrayList<>();
        requireText(resource, "type", problems);
        requireText(resource, "id", problems);
        requireObject(resource, "attributes", problems);
        requireObject(resource, "relationships", problems);
        requireRelationships(resource.get("relationships"), problems);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return new RequestDocument(resource);
    }

    private void requireType(ResourceType expected) {
        if (type.isPresent() && !type.get().equals(expected.name())) {
            throw wrongType(expected.name()).asException();
        }
    }

    private void requireIdentity(ResourceIdentifier target) {
        List<Problem> problems = new ArrayList<>();
        if (type.isEmpty()) {
            problems.add(malformed("/data", "An update needs the resource's \"type\": \"" + target.type() + "\"."));
        } else if (!type.get().equals(target.type())) {
            problems.add(wrongType(target.type()));
        }
        if (id.isEmpty()) {
            problems.add(malformed("/data", "An update needs the resource's \"id\": \"" + target.id() + "\"."));
        } else if (!id.get().equals(target.id())) {
            problems.add(Problem.of(
                            HttpProblem.ID_CONFLICT,
                            "The id isn't the one in the URL. Send \"" + target.id() + "\"; an id can't be changed.")
                    .at(Place.pointer("/data/id")));
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private static Problem wrongType(String expected) {
        return Problem.of(HttpProblem.TYPE_MISMATCH, "The type must be \"" + expected + "\" here.")
                .at(Place.pointer("/data/type"));
    }

    private static void requireText(ObjectNode data, String name, List<Problem> problems) {
        JsonNode value = data.get(name);
        if (value != null && !value.isTextual()) {
            problems.add(malformed("/data/" + name, "\"" + name + "\" must be a string."));
        }
    }

    private static void requireObject(ObjectNode data, String name, List<Problem> problems) {
        JsonNode value = data.get(name);
        if (value != null && !value.isObject()) {
            problems.add(malformed("/data/" + name, "\"" + name + "\" must be an object."));
        }
    }

    private static void requireRelationships(@Nullable JsonNode relationships, List<Problem> problems) {
        if (relationships == null) {
            return;
        }
        relationships.properties().forEach(member -> {
            if (!member.getValue().isObject()) {
                problems.add(malformed(
                        JsonPointer.to("/data/relationships", member.getKey()), "A relationship must be an object."));
            }
        });
    }

    private static Problem malformed(String pointer, String detail) {
        return Problem.of(HttpProblem.MALFORMED_DOCUMENT, detail).at(Place.pointer(pointer));
    }

    private static ObjectNode object(ObjectNode data, String name) {
        return data.get(name) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }
}
