package io.gantry.client;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingNestedCallback;

/** Writes large answers slice by slice: how far one write has come can't be seen from outside. */
final class SlicedAnswers extends Handler.Wrapper {

    static final int SLICE_BYTES = 64 * 1024;

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, new Sliced(request, response), callback);
    }

    private static final class Sliced extends Response.Wrapper {

        Sliced(Request request, Response wrapped) {
            super(request, wrapped);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (content == null || content.remaining() <= SLICE_BYTES) {
                super.write(last, content, callback);
                return;
            }
            if (last && !isCommitted() && !getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
                getHeaders().put(HttpHeader.CONTENT_LENGTH, content.remaining());
            }
            new Slices(getWrapped(), last, content, callback).iterate();
        }
    }

    private static final class Slices extends IteratingNestedCallback {

        private final Response response;
        private final boolean last;
        private final ByteBuffer content;

        Slices(Response response, boolean last, ByteBuffer content, Callback callback) {
            super(callback);
            this.response = response;
            this.last = last;
            this.content = content;
        }

        @Override
        protected Action process() {
            if (!content.hasRemaining()) {
                return Action.SUCCEEDED;
            }
            int size = Math.min(content.remaining(), SLICE_BYTES);
            ByteBuffer slice = content.slice(content.position(), size);
            content.position(content.position() + size);
            response.write(last && !content.hasRemaining(), slice, this);
            return Action.SCHEDULED;
        }
    }
}
