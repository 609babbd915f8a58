package io.gantry.jsonapi;

import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Lets a request in when its body has arrived, or the first 6 KiB of it. Who reads a body waits for it with a thread, and there
 * are about a thousand: as many clients that send a byte a second would hold all of them.
 */
final class ArrivedBodies implements EagerContentHandler.ContentLoaderFactory {

    /** Less than Jetty's buffer of a connection, which is what is kept until then. */
    private static final int ENOUGH_BYTES = 6 * 1024;

    /** Around all other handlers. */
    static Handler before(@Nullable Handler inner) {
        return new EagerContentHandler(inner, new ArrivedBodies());
    }

    @Override
    public @Nullable String getApplicableMimeType() {
        return null;
    }

    /** Who asks whether to send what is too large is told not to; to read would be to tell him to go on. */
    @Override
    public EagerContentHandler.@Nullable ContentLoader newContentLoader(
            String type, String mimeType, Handler inner, Request request, Response response, Callback callback) {
        boolean asksInVain = request.getHeaders().contains(HttpHeader.EXPECT)
                && RequestBody.isTooLong(request.getHeaders().get(HttpHeader.CONTENT_LENGTH));
        return asksInVain ? null : new Arrival(inner, request, response, callback);
    }

    private static final class Arrival extends EagerContentHandler.ContentLoader implements Invocable.Task {

        private final Deque<Content.Chunk> chunks = new ArrayDeque<>();
        private int bytes;

        Arrival(Handler inner, Request request, Response response, Callback callback) {
            super(inner, request, response, callback);
        }

        @Override
        protected void load() {
            if (hasArrived()) {
                enter();
            }
        }

        /** There is more, on a thread that must not wait. */
        @Override
        public void run() {
            if (hasArrived()) {
                getRequest().getContext().execute(this::enter);
            }
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        /** Whether there is enough, or nothing more to come; else it will be run again. */
        private boolean hasArrived() {
            while (true) {
                Content.Chunk chunk = getRequest().read();
                if (chunk == null) {
                    getRequest().demand(this);
                    return false;
                }
                chunks.add(chunk);
                bytes += chunk.remaining();
                if (chunk.isLast() || Content.Chunk.isFailure(chunk) || bytes >= ENOUGH_BYTES) {
                    return true;
                }
            }
        }

        private void enter() {
            MDC.put(RequestId.LOG_KEY, RequestId.of(getRequest()));
            try {
                Rewound request = new Rewound(getRequest(), getCallback(), chunks);
                handle(request, getResponse(), request);
            } finally {
                MDC.remove(RequestId.LOG_KEY);
            }
        }
    }

    /** A request whose body begins with what has been read of it. */
    private static final class Rewound extends Request.Wrapper implements Callback {

        private final Callback callback;
        private final Deque<Content.Chunk> chunks;

        Rewound(Request request, Callback callback, Deque<Content.Chunk> chunks) {
            super(request);
            this.callback = callback;
            this.chunks = chunks;
        }

        @Override
        public Content.@Nullable Chunk read() {
            return chunks.isEmpty() ? super.read() : chunks.removeFirst();
        }

        /** What is there needs no waiting for. */
        @Override
        public void demand(Runnable whenThere) {
            if (chunks.isEmpty()) {
                super.demand(whenThere);
            } else {
                getContext().execute(whenThere);
            }
        }

        @Override
        public void succeeded() {
            release();
            callback.succeeded();
        }

        @Override
        public void failed(Throwable failure) {
            release();
            callback.failed(failure);
        }

        @Override
        public InvocationType getInvocationType() {
            return callback.getInvocationType();
        }

        private void release() {
            chunks.forEach(Content.Chunk::release);
            chunks.clear();
        }
    }
}
