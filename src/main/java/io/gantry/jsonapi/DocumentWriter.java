package io.gantry.jsonapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns documents into what Jackson writes, with the fields that were asked for. */
final class DocumentWriter {

    private final Map<String, Set<String>> fields;

    DocumentWriter(Map<String, Set<String>> fields) {
        this.fields = fields;
    }

    /** @param included whether the member is there, even if empty */
    Map<String, @Nullable Object> write(
            Document document, Map<String, @Nullable String> links, Optional<List<Resource>> included) {
        Map<String, @Nullable Object> written = start();
        written.put("links", links);
        written.put("data", data(document.data()));
        included.ifPresent(resources ->
                written.put("included", resources.stream().map(this::resource).toList()));
        if (!document.meta().isEmpty()) {
            written.put("meta", document.meta());
        }
        return written;
    }

    static Map<String, @Nullable Object> start() {
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        written.put("jsonapi", Map.of("version", JsonApi.VERSION));
        return written;
    }

    private @Nullable Object data(Document.Data data) {
        if (data instanceof Document.One one) {
            return one.resource().map(this::resource).orElse(null);
        }
        return data.resources().stream().map(this::resource).toList();
    }

    private Map<String, @Nullable Object> resource(Resource resource) {
        Set<String> wanted = fields.get(resource.type().name());
        return whole(wanted == null ? resource : resource.only(wanted));
    }

    static Map<String, @Nullable Object> whole(Resource resource) {
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        written.put("type", resource.type().name());
        written.put("id", resource.id());
        putUnlessEmpty(written, "attributes", resource.attributes());
        Map<String, Object> relationships = new LinkedHashMap<>();
        resource.relationships().forEach((name, value) -> relationships.put(name, relationship(value)));
        putUnlessEmpty(written, "relationships", relationships);
        putUnlessEmpty(written, "links", resource.links());
        putUnlessEmpty(written, "meta", resource.meta());
        return written;
    }

    private static void putUnlessEmpty(Map<String, @Nullable Object> written, String name, Map<String, ?> value) {
        if (!value.isEmpty()) {
            written.put(name, value);
        }
    }

    private static Map<String, @Nullable Object> relationship(Relationship relationship) {
        Map<String, @Nullable Object> written = new LinkedHashMap<>();
        relationship.related().ifPresent(url -> written.put("links", Map.of("related", url)));
        relationship.linkage().ifPresent(linkage -> written.put("data", linkage(linkage)));
        return written;
    }

    private static @Nullable Object linkage(Relationship.Linkage linkage) {
        if (linkage instanceof Relationship.ToOne one) {
            return one.target().orElse(null);
        }
        return linkage.identifiers();
    }
}
