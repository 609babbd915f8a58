package io.gantry.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.jsonapi.AttributeReader;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.jsonapi.RequestDocument;
import io.gantry.jsonapi.ResourceIdentifier;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The relationships of a resource, which are all the service's business: a client may send them back as they are.
 *
 * @param current by name, what each leads to; empty where answers don't say it
 */
public record ReadOnlyRelationships(Map<String, Optional<ResourceIdentifier>> current) {

    public static final ReadOnlyRelationships NONE = new ReadOnlyRelationships(Map.of());

    /** Notes a problem if the document has others. */
    public void check(RequestDocument document, AttributeReader in) {
        if (!document.relationships().properties().stream()
                .allMatch(sent -> isUnchanged(sent.getKey(), sent.getValue().get("data")))) {
            in.reject(Problem.of(
                            HttpProblem.INVALID_ATTRIBUTE,
                            "Relationships are set by the service. Leave them out, or send them as they are.")
                    .at(Place.pointer("/data/relationships")));
        }
    }

    private boolean isUnchanged(String name, @Nullable JsonNode linkage) {
        if (!current.containsKey(name)) {
            return false;
        }
        Optional<ResourceIdentifier> target = current.getOrDefault(name, Optional.empty());
        return linkage == null || target.map(t -> isSame(t, linkage)).orElse(false);
    }

    private static boolean isSame(ResourceIdentifier target, JsonNode linkage) {
        return target.type().equals(linkage.path("type").textValue())
                && target.id().equals(linkage.path("id").textValue());
    }
}
