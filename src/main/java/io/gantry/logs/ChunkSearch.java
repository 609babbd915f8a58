package io.gantry.logs;

import java.util.function.Predicate;

/**
 * Finds chunks by what grows along a log (offsets, times): a binary search over their numbers, so that no index but the
 * primary key has to be kept up while output is written.
 */
final class ChunkSearch {

    private final LogPageStore pages;
    private final StoredLog log;

    ChunkSearch(LogPageStore pages, StoredLog log) {
        this.pages = pages;
        this.log = log;
    }

    /**
     * The first chunk that fulfils a condition, or the log's end.
     *
     * @param condition once fulfilled by a chunk, also by all that follow
     */
    LogPlace first(Predicate<LogChunk> condition) {
        LogPlace found = log.endPlace();
        long low = 1;
        while (low < found.seq()) {
            long middle = (low + found.seq()) >>> 1;
            LogChunk chunk = get(middle);
            if (condition.test(chunk)) {
                found = log.placeOf(chunk);
            } else {
                low = middle + 1;
            }
        }
        return found;
    }

    /** The chunk that holds the selected byte with this offset among all that are selected. */
    LogPlace holding(LogSelection selection, long offset) {
        if (offset == 0 && selection.from().total() == 0) {
            return LogPlace.FIRST;
        }
        LogPlace next = first(chunk -> selection.before(chunk.start(log.end())) > offset);
        return next.seq() == 1 ? next : log.placeOf(get(next.seq() - 1));
    }

    private LogChunk get(long seq) {
        return pages.findHead(log.run(), seq).orElseThrow(log::gone);
    }
}
