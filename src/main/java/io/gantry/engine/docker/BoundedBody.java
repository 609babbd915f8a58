package io.gantry.engine.docker;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an answer, up to a length beyond which it isn't read. Closing it does nothing, since HTTP's own streams then
 * read on to their end, which may never come; it is the response that is closed.
 */
final class BoundedBody extends FilterInputStream {

    private final long longest;
    private long read;

    BoundedBody(InputStream body, long longest) {
        super(body);
        this.longest = longest;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        count(Math.max(0, count));
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        count(skipped);
        return skipped;
    }

    private void count(long more) throws IOException {
        read += more;
        if (read > longest) {
            throw new IOException("its answer is longer than " + longest + " bytes");
        }
    }

    @Override
    public void close() {}
}
