package io.gantry.logs;

import io.gantry.jsonapi.HttpProblem;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of bytes that was asked for (RFC 9110, section 14).
 *
 * @param first offset of the first byte, or, without it, the last {@code last} bytes are meant
 * @param last offset of the last byte, or to the end
 */
record ByteRange(Optional<Long> first, Optional<Long> last) {

    private static final Pattern ONE = Pattern.compile("([0-9]*)-([0-9]*)");
    private static final Pattern OF_UNIT = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(.*)");

    /**
     * What a range is of something of a certain length.
     *
     * @param count at least 1
     */
    record Part(long first, long count) {

        /** As {@code Content-Range} tells it. */
        String of(long length) {
            return "bytes %d-%d/%d".formatted(first, first + count - 1, length);
        }
    }

    /**
     * Reads a header.
     *
     * @return empty for another unit and for several ranges: the whole is answered then, as RFC 9110 allows
     */
    static Optional<ByteRange> parse(String header) {
        Matcher ofUnit = OF_UNIT.matcher(header.strip());
        if (!ofUnit.matches()) {
            throw malformed();
        }
        if (!ofUnit.group(1).equalsIgnoreCase("bytes")) {
            return Optional.empty();
        }
        List<ByteRange> ranges = Arrays.stream(ofUnit.group(2).split(",", -1))
                .map(text -> parseOne(text.strip()))
                .toList();
        return ranges.size() == 1 ? Optional.of(ranges.get(0)) : Optional.empty();
    }

    private static ByteRange parseOne(String text) {
        Matcher range = ONE.matcher(text);
        if (!range.matches() || text.equals("-")) {
            throw malformed();
        }
        Optional<Long> first = number(range.group(1));
        Optional<Long> last = number(range.group(2));
        if (first.isPresent() && last.isPresent() && first.get() > last.get()) {
            throw malformed();
        }
        return new ByteRange(first, last);
    }

    private static ProblemException malformed() {
        return Problem.of(HttpProblem.INVALID_HEADER, "A range is written bytes=0-99, bytes=100- or bytes=-100.")
                .at(Place.header("Range"))
                .asException();
    }

    private static Optional<Long> number(String digits) {
        if (digits.isEmpty()) {
            return Optional.empty();
        }
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return Optional.of(significant.length() > 18 ? Long.MAX_VALUE : Long.parseLong(significant));
    }

    /** The part of so many bytes; empty when the range lies outside. */
    Optional<Part> within(long length) {
        long start = first.orElseGet(() -> Math.max(0, length - last.orElse(0L)));
        long end = first.isPresent() ? Math.min(last.orElse(Long.MAX_VALUE), length - 1) : length - 1;
        boolean nothing = first.isEmpty() && last.orElse(0L) == 0;
        return start >= length || nothing ? Optional.empty() : Optional.of(new Part(start, end - start + 1));
    }
}
