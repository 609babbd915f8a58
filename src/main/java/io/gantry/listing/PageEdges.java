package io.gantry.listing;

import io.gantry.database.Mark;
import io.gantry.database.Rows;
import io.gantry.jsonapi.Cursor;
import io.gantry.jsonapi.Query;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where the pages around one are, in the form in which clients ask for them. */
public final class PageEdges {

    private PageEdges() {}

    /** Where the page before these rows ends. */
    public static <T> Optional<Cursor> previous(Query query, Rows<T> page, Function<T, Mark> mark) {
        return page.hasPrevious() ? edge(query, page.rows(), 0, mark) : Optional.empty();
    }

    /** Where the page after these rows begins. */
    public static <T> Optional<Cursor> next(Query query, Rows<T> page, Function<T, Mark> mark) {
        return page.hasNext() ? edge(query, page.rows(), page.rows().size() - 1, mark) : Optional.empty();
    }

    /** An empty page lies where the client's own cursor is. */
    private static <T> Optional<Cursor> edge(Query query, List<T> rows, int index, Function<T, Mark> marking) {
        if (rows.isEmpty()) {
            return query.after().or(query::before);
        }
        Mark mark = marking.apply(rows.get(index));
        return Optional.of(Cursor.of(query.sort(), mark.key(), mark.id().toString()));
    }
}
