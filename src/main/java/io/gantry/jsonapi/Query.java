package io.gantry.jsonapi;

import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The query of a request, read and found valid.
 *
 * @param fields by type, the fields that were asked for
 * @param include the paths that were asked for; absent where nothing was said
 * @param filters by name, the words that were asked for; a filter of any text has one
 * @param parameters what {@link QueryRules#taking} allowed, as text
 */
public record Query(
        Map<String, Set<String>> fields,
        Optional<Set<String>> include,
        Optional<SortKey> sorting,
        Map<String, List<String>> filters,
        int pageSize,
        Optional<Cursor> after,
        Optional<Cursor> before,
        Map<String, String> parameters) {

    public static final int DEFAULT_PAGE_SIZE = 20;
    public static final int MAX_PAGE_SIZE = 100;

    /**
     * Reads a query, or raises all that is wrong with it.
     *
     * @param rawQuery as it stands in the URL, still encoded
     */
    public static Query parse(String rawQuery, QueryRules rules) {
        return new QueryReader(rules).read(QueryString.parse(rawQuery));
    }

    public boolean includes(String path) {
        return include.map(paths -> paths.contains(path)).orElse(false);
    }

    /** The order of a paged list. */
    public SortKey sort() {
        return sorting.orElseThrow();
    }

    /** The words of a filter, or the one text of a filter that takes any. */
    public Optional<List<String>> filter(String name) {
        return Optional.ofNullable(filters.get(name));
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** A problem with a parameter that this query holds, for rules that only the reader knows. */
    public static Problem invalid(String parameter, String detail) {
        return Problem.of(HttpProblem.INVALID_PARAMETER, detail).at(Place.parameter(parameter));
    }
}
