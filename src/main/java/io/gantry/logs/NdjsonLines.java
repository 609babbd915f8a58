package io.gantry.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Writes each line as a JSON object on a line of its own. What isn't UTF-8 is {@code bytes} in base64, not {@code text}. */
final class NdjsonLines implements LineSink {

    private final JsonGenerator json;

    NdjsonLines(OutputStream out) throws IOException {
        this.json = new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    @Override
    public void line(LogLine line) throws IOException {
        json.writeStartObject();
        json.writeStringField("stream", line.stream().word());
        json.writeStringField("at", LogTimes.format(line.at()));
        json.writeNumberField("offset", line.logOffset());
        Optional<String> text = Utf8.text(line.bytes(), line.offset(), line.length());
        if (text.isPresent()) {
            json.writeStringField("text", text.get());
        } else {
            json.writeFieldName("bytes");
            json.writeBinary(line.bytes(), line.offset(), line.length());
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** Passes on what is buffered. */
    void flush() throws IOException {
        json.flush();
    }
}
