package io.gantry.access;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.io.PrintWriter;

/** A short answer as text that isn't sent before it is let go. */
final class HeldAnswer extends HttpServletResponseWrapper {

    private final CharArrayWriter text = new CharArrayWriter();
    private final PrintWriter writer = new PrintWriter(text);

    HeldAnswer(HttpServletResponse response) {
        super(response);
    }

    @Override
    public PrintWriter getWriter() {
        return writer;
    }

    @Override
    public void flushBuffer() {
        writer.flush();
    }

    void letGo() throws IOException {
        writer.flush();
        text.writeTo(getResponse().getWriter());
    }
}
