package io.gantry.jsonapi;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which query parameters a resource takes; everything else is an error.
 *
 * @param types whose {@code fields[…]} may be asked for
 * @param includes the paths of related resources that may be asked for
 * @param sortFields what {@code sort} may name, with or without a minus
 * @param filters the names of {@code filter[…]}, each with the words that it takes, or none if it takes any text
 * @param parameters further names, each with its one value as text
 */
public record QueryRules(
        Map<String, ResourceType> types,
        Set<String> includes,
        Optional<SortKey> defaultSort,
        Set<String> sortFields,
        Map<String, Set<String>> filters,
        Paging paging,
        Set<String> parameters) {

    /** Whether a resource is a list that is read page by page. */
    public enum Paging {
        NONE,
        CURSORS
    }

    /** For what doesn't answer with JSON:API documents. */
    public static QueryRules none() {
        return new QueryRules(Map.of(), Set.of(), Optional.empty(), Set.of(), Map.of(), Paging.NONE, Set.of());
    }

    /**
     * For what answers with JSON:API documents.
     *
     * @param types all that an answer may hold
     */
    public static QueryRules forAnswersOf(ResourceType... types) {
        Map<String, ResourceType> byName =
                Arrays.stream(types).collect(Collectors.toUnmodifiableMap(ResourceType::name, type -> type));
        return new QueryRules(byName, Set.of(), Optional.empty(), Set.of(), Map.of(), Paging.NONE, Set.of());
    }

    public QueryRules including(String... paths) {
        return new QueryRules(types, Set.of(paths), defaultSort, sortFields, filters, paging, parameters);
    }

    /** A list, read page by page in this order unless another is asked for. */
    public QueryRules pagedBy(SortKey standard, String... others) {
        Set<String> fields = new LinkedHashSet<>(List.of(others));
        fields.add(standard.field());
        return new QueryRules(types, includes, Optional.of(standard), fields, filters, Paging.CURSORS, parameters);
    }

    /** A filter that takes any text. */
    public QueryRules filteredBy(String name) {
        return filteredBy(name, Set.of());
    }

    /** A filter that takes a list of some of these words. */
    public QueryRules filteredBy(String name, Set<String> words) {
        Map<String, Set<String>> more = new LinkedHashMap<>(filters);
        more.put(name, new LinkedHashSet<>(words));
        return new QueryRules(types, includes, defaultSort, sortFields, more, paging, parameters);
    }

    /** Takes these parameters too; what they may say is their reader's business. */
    public QueryRules taking(String... names) {
        return new QueryRules(types, includes, defaultSort, sortFields, filters, paging, Set.of(names));
    }

    /** All names that may stand in a query, for messages. */
    List<String> names() {
        return Stream.of(
                        paging == Paging.NONE
                                ? Stream.<String>empty()
                                : Stream.of("page[size]", "page[after]", "page[before]"),
                        defaultSort.stream().map(ignored -> "sort"),
                        filters.keySet().stream().map(name -> "filter[" + name + "]"),
                        includes.isEmpty() ? Stream.<String>empty() : Stream.of("include"),
                        types.keySet().stream().sorted().map(name -> "fields[" + name + "]"),
                        parameters.stream().sorted())
                .flatMap(stream -> stream)
                .toList();
    }
}
