package io.gantry.jsonapi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One resource object as it is sent: ordered attributes, relationships, links. */
public final class Resource {

    private final ResourceType type;
    private final String id;
    private final Map<String, @Nullable Object> attributes;
    private final Map<String, Relationship> relationships;
    private final Map<String, String> links;
    private final Map<String, Object> meta;

    private Resource(Builder builder) {
        type = builder.type;
        id = builder.id;
        attributes = new LinkedHashMap<>(builder.attributes);
        relationships = new LinkedHashMap<>(builder.relationships);
        links = new LinkedHashMap<>(builder.links);
        meta = new LinkedHashMap<>(builder.meta);
    }

    public ResourceType type() {
        return type;
    }

    public String id() {
        return id;
    }

    public ResourceIdentifier identifier() {
        return type.identifier(id);
    }

    /** The absolute URL of this resource. */
    public Optional<String> self() {
        return Optional.ofNullable(links.get("self"));
    }

    Map<String, @Nullable Object> attributes() {
        return attributes;
    }

    Map<String, Relationship> relationships() {
        return relationships;
    }

    Map<String, String> links() {
        return links;
    }

    Map<String, Object> meta() {
        return meta;
    }

    /** This resource with no other attributes and relationships than these. */
    Resource only(Set<String> fields) {
        Builder sparse = new Builder(type, id);
        sparse.attributes.putAll(attributes);
        sparse.attributes.keySet().retainAll(fields);
        sparse.relationships.putAll(relationships);
        sparse.relationships.keySet().retainAll(fields);
        sparse.links.putAll(links);
        sparse.meta.putAll(meta);
        return sparse.build();
    }

    /** Collects a resource, field by field, in the order in which they shall be sent. */
    public static final class Builder {

        private final ResourceType type;
        private final String id;
        private final Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        private final Map<String, Relationship> relationships = new LinkedHashMap<>();
        private final Map<String, String> links = new LinkedHashMap<>();
        private final Map<String, Object> meta = new LinkedHashMap<>();

        Builder(ResourceType type, String id) {
            this.type = type;
            this.id = id;
        }

        /**
         * Adds an attribute.
         *
         * @param value anything that Jackson can write; an instant is sent in UTC with microseconds, an empty optional as null
         */
        public Builder attribute(String name, @Nullable Object value) {
            require(type.attributes().contains(name), name);
            attributes.put(name, value);
            return this;
        }

        /** Adds attributes in their order. */
        public Builder attributes(Map<String, @Nullable Object> values) {
            values.forEach(this::attribute);
            return this;
        }

        public Builder relationship(String name, Relationship relationship) {
            require(type.relationships().contains(name), name);
            relationships.put(name, relationship);
            return this;
        }

        public Builder self(String url) {
            return link("self", url);
        }

        public Builder link(String name, String url) {
            links.put(name, url);
            return this;
        }

        public Builder meta(String name, Object value) {
            meta.put(name, value);
            return this;
        }

        public Resource build() {
            return new Resource(this);
        }

        private void require(boolean declared, String field) {
            if (!declared) {
                throw new IllegalArgumentException(type.name() + " declares no field " + field);
            }
        }
    }
}
