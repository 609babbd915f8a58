package io.gantry.jsonapi;

import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as resources may read it: it raises {@code payload-too-large} as soon as it is larger than allowed,
 * whatever its headers said, and problems where the connection fails.
 */
final class RequestBody extends FilterInputStream {

    static final int MAX_BYTES = 256 * 1024;

    /** How much of a body that is too large is read, so that a client that sends before it listens hears why. */
    private static final int DISCARDED_BYTES = 2 * 1024 * 1024;

    private long left = MAX_BYTES;

    RequestBody(InputStream body) {
        super(body);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = readOrRaise(buffer, offset, length);
        left -= Math.max(count, 0);
        if (left < 0) {
            throw tooLarge();
        }
        return count;
    }

    /** Gives the refusal of a body that is too large, having read on for a while: closing at once would reset the connection. */
    ProblemException tooLarge() {
        try {
            in.skipNBytes(DISCARDED_BYTES);
        } catch (IOException | RuntimeException end) {
            // There is no more, or it doesn't come; the refusal stands.
        }
        return StatusProblems.tooLarge().asException();
    }

    private int readOrRaise(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            throw new ProblemException(problem(e), e);
        }
    }

    private static Problem problem(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return StatusProblems.of(408);
            }
            if (cause instanceof HttpException refusal && refusal.getCode() != 400) {
                return StatusProblems.of(refusal.getCode());
            }
            if (cause instanceof ZipException) {
                return malformed("The body can't be unpacked: Content-Encoding says gzip.");
            }
        }
        return malformed("The body ends early, or its chunks are broken.");
    }

    private static Problem malformed(String detail) {
        return Problem.of(HttpProblem.MALFORMED_JSON, detail);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads what is left, at most. */
    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.min(count, 8192)];
        return Math.max(read(skipped, 0, skipped.length), 0);
    }

    /** Whether a length that a header announces is too large. */
    static boolean isTooLong(@Nullable String announced) {
        return announced != null && announced.matches("[0-9]{1,18}") && Long.parseLong(announced) > MAX_BYTES;
    }
}
