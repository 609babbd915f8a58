package io.gantry.jsonapi;

import java.util.List;

/**
 * A sort of resource and the names of its fields: what {@code fields[…]} may name, and all that a resource of this type may
 * carry.
 */
public record ResourceType(String name, List<String> attributes, List<String> relationships) {

    public ResourceType {
        attributes = List.copyOf(attributes);
        relationships = List.copyOf(relationships);
    }

    /** Begins a resource of this type. */
    public Resource.Builder resource(String id) {
        return new Resource.Builder(this, id);
    }

    public ResourceIdentifier identifier(String id) {
        return new ResourceIdentifier(name, id);
    }

    boolean hasField(String field) {
        return attributes.contains(field) || relationships.contains(field);
    }
}
