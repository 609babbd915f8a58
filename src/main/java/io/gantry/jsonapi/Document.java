package io.gantry.jsonapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an answer says: one resource, none, or a list, with the resources that they lead to. */
public final class Document {

    private final Data data;
    private final List<Resource> included;
    private final Map<String, Object> meta;

    private Document(Data data, List<Resource> included, Map<String, Object> meta) {
        this.data = data;
        this.included = List.copyOf(included);
        this.meta = meta;
    }

    /** The primary data. */
    sealed interface Data {

        List<Resource> resources();
    }

    record One(Optional<Resource> resource) implements Data {
        @Override
        public List<Resource> resources() {
            return resource.stream().toList();
        }
    }

    /** @param previous leads to the page before, absent on the first */
    record Page(List<Resource> resources, Optional<Cursor> previous, Optional<Cursor> next) implements Data {
        Page {
            resources = List.copyOf(resources);
        }
    }

    public static Document of(Resource resource) {
        return of(Optional.of(resource));
    }

    /** Empty: {@code data} is null. */
    public static Document of(Optional<Resource> resource) {
        return new Document(new One(resource), List.of(), Map.of());
    }

    /** A page of a list; a list without pages has no neighbours. */
    public static Document of(List<Resource> resources, Optional<Cursor> previous, Optional<Cursor> next) {
        return new Document(new Page(resources, previous, next), List.of(), Map.of());
    }

    /** Adds related resources, in any number and order, repeated ones too; each is sent once. */
    public Document including(List<Resource> related) {
        List<Resource> all = new ArrayList<>(included);
        all.addAll(related);
        return new Document(data, all, meta);
    }

    public Document meta(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(meta);
        more.put(name, value);
        return new Document(data, included, more);
    }

    Data data() {
        return data;
    }

    Map<String, Object> meta() {
        return meta;
    }

    /** The related resources, each once, without those that are primary data. */
    List<Resource> included() {
        Set<ResourceIdentifier> seen = new HashSet<>();
        data.resources().forEach(resource -> seen.add(resource.identifier()));
        return included.stream()
                .filter(resource -> seen.add(resource.identifier()))
                .toList();
    }
}
