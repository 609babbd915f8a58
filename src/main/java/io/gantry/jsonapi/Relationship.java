package io.gantry.jsonapi;

import java.util.List;
import java.util.Optional;

/**
 * How a resource refers to others.
 *
 * @param linkage absent where the answer doesn't say which resources these are
 * @param related the absolute URL of the related resources
 */
public record Relationship(Optional<Linkage> linkage, Optional<String> related) {

    /** Which resources a relationship leads to. */
    public sealed interface Linkage {

        List<ResourceIdentifier> identifiers();
    }

    record ToOne(Optional<ResourceIdentifier> target) implements Linkage {
        @Override
        public List<ResourceIdentifier> identifiers() {
            return target.stream().toList();
        }
    }

    record ToMany(List<ResourceIdentifier> identifiers) implements Linkage {
        ToMany {
            identifiers = List.copyOf(identifiers);
        }
    }

    /** A relationship to at most one resource. */
    public static Relationship toOne(Optional<ResourceIdentifier> target) {
        return new Relationship(Optional.of(new ToOne(target)), Optional.empty());
    }

    public static Relationship toOne(ResourceIdentifier target) {
        return toOne(Optional.of(target));
    }

    public static Relationship toMany(List<ResourceIdentifier> targets) {
        return new Relationship(Optional.of(new ToMany(targets)), Optional.empty());
    }

    /** A relationship that only says where to ask. */
    public static Relationship linkedAt(String related) {
        return new Relationship(Optional.empty(), Optional.of(related));
    }

    public Relationship related(String url) {
        return new Relationship(linkage, Optional.of(url));
    }
}
