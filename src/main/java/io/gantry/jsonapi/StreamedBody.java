package io.gantry.jsonapi;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * A body that is written bit by bit. When that fails half-way the connection is cut: Jersey would end the body in good order,
 * and the client would take it for whole.
 */
public final class StreamedBody implements StreamingOutput {

    private final StreamingOutput body;
    private final HttpServletRequest request;

    public StreamedBody(HttpServletRequest request, StreamingOutput body) {
        this.request = request;
        this.body = body;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        Watched watched = new Watched(out);
        try {
            body.write(watched);
        } catch (IOException | RuntimeException e) {
            if (watched.hasBegun) {
                cut(e);
            }
            throw e;
        }
    }

    private void cut(Exception reason) {
        ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close(reason);
    }

    private static final class Watched extends FilterOutputStream {

        private boolean hasBegun;

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            hasBegun = true;
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            hasBegun = true;
            out.write(bytes, offset, length);
        }
    }
}
