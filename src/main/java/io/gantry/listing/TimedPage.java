package io.gantry.listing;

import io.gantry.database.Keyset.Direction;
import io.gantry.database.Mark;
import io.gantry.database.Slice;
import io.gantry.jsonapi.Cursor;
import io.gantry.jsonapi.Query;

/** Which page a client asks for of a list that is sorted by a time. */
public record TimedPage(Direction direction, Slice slice) {

    public static TimedPage of(Query query) {
        return new TimedPage(
                query.sort().isDescending() ? Direction.DESCENDING : Direction.ASCENDING,
                new Slice(
                        query.pageSize(),
                        query.after().map(TimedPage::mark),
                        query.before().map(TimedPage::mark)));
    }

    private static Mark mark(Cursor cursor) {
        return new Mark(cursor.instant(0).toString(), cursor.uuid(1));
    }
}
