package io.gantry.jsonapi;

import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one query by its rules and collects what is wrong with it. */
final class QueryReader {

    private final QueryRules rules;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();

    QueryReader(QueryRules rules) {
        this.rules = rules;
    }

    Query read(QueryString query) {
        query.parameters().forEach(this::accept);
        Optional<SortKey> sort = sort();
        Query result = new Query(
                fields(),
                Optional.ofNullable(values.get("include")).map(this::include),
                sort,
                filters(),
                pageSize(),
                sort.flatMap(order -> cursor("page[after]", order)),
                sort.flatMap(order -> cursor("page[before]", order)),
                others());
        if (result.after().isPresent() && result.before().isPresent()) {
            reject("page[before]", "Give page[after] or page[before], not both.");
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return result;
    }

    private void accept(QueryString.Parameter parameter) {
        String name = parameter.name();
        if (!rules.names().contains(name)) {
            reject(name, unknown(name));
        } else if (values.containsKey(name)) {
            reject(name, "The parameter " + name + " is given more than once. Give it once.");
        } else if (parameter.value().isEmpty()) {
            reject(name, "The value of " + name + " isn't text: percent-encode UTF-8, without U+0000.");
        } else {
            values.put(name, parameter.value().get());
        }
    }

    private String unknown(String name) {
        String allowed = rules.names().isEmpty() ? "none" : String.join(", ", rules.names());
        return "There is no parameter " + Excerpt.of(name) + " here. Possible: " + allowed + ".";
    }

    private Map<String, Set<String>> fields() {
        Map<String, Set<String>> fields = new HashMap<>();
        rules.types().forEach((name, type) -> {
            String parameter = "fields[" + name + "]";
            if (values.containsKey(parameter)) {
                Set<String> words = words(values.get(parameter));
                List<String> possible = new ArrayList<>(type.attributes());
                possible.addAll(type.relationships());
                requireAll(parameter, words, possible);
                fields.put(name, words);
            }
        });
        return fields;
    }

    private Set<String> include(String value) {
        Set<String> paths = words(value);
        requireAll("include", paths, rules.includes());
        return paths;
    }

    private Optional<SortKey> sort() {
        String value = values.get("sort");
        if (value == null) {
            return rules.defaultSort();
        }
        SortKey key = SortKey.parse(value);
        if (!rules.sortFields().contains(key.field())) {
            reject(
                    "sort",
                    "Can't sort by " + Excerpt.of(value) + ". Possible, with a minus for descending order: "
                            + String.join(", ", rules.sortFields()) + "; one of them.");
            return Optional.empty();
        }
        return Optional.of(key);
    }

    private Map<String, List<String>> filters() {
        Map<String, List<String>> filters = new HashMap<>();
        rules.filters().forEach((name, possible) -> {
            String parameter = "filter[" + name + "]";
            String value = values.get(parameter);
            if (value != null) {
                filters.put(name, possible.isEmpty() ? List.of(value) : chosen(parameter, value, possible));
            }
        });
        return filters;
    }

    private List<String> chosen(String parameter, String value, Set<String> possible) {
        List<String> words = Arrays.stream(value.split(",", -1)).distinct().toList();
        requireAll(parameter, words, possible);
        return words;
    }

    private int pageSize() {
        String value = values.get("page[size]");
        if (value == null) {
            return Query.DEFAULT_PAGE_SIZE;
        }
        int size = value.matches("[0-9]{1,3}") ? Integer.parseInt(value) : 0;
        if (size < 1 || size > Query.MAX_PAGE_SIZE) {
            reject(
                    "page[size]",
                    "The page size " + Excerpt.of(value) + " isn't a number from 1 to " + Query.MAX_PAGE_SIZE + ".");
        }
        return size;
    }

    private Optional<Cursor> cursor(String parameter, SortKey order) {
        String value = values.get(parameter);
        if (value == null) {
            return Optional.empty();
        }
        Optional<Cursor> cursor = Cursor.parse(value, order);
        if (cursor.isEmpty()) {
            problems.add(badCursor(parameter));
        }
        return cursor;
    }

    private Map<String, String> others() {
        Map<String, String> others = new HashMap<>(values);
        others.keySet().retainAll(rules.parameters());
        return others;
    }

    static Problem badCursor(String parameter) {
        return Query.invalid(
                parameter,
                "This isn't a cursor of this list in this order. Take it from links.next or links.prev of a page, unchanged.");
    }

    private void requireAll(String parameter, Collection<String> words, Collection<String> possible) {
        for (String word : words) {
            if (!possible.contains(word)) {
                reject(
                        parameter,
                        Excerpt.of(word) + " isn't possible here. Possible: " + String.join(", ", possible) + ".");
            }
        }
    }

    private void reject(String parameter, String detail) {
        problems.add(Query.invalid(parameter, detail));
    }

    /** The words of a comma-separated list; an empty value is an empty list. */
    private static Set<String> words(String value) {
        return value.isEmpty() ? Set.of() : new LinkedHashSet<>(Arrays.asList(value.split(",", -1)));
    }
}
