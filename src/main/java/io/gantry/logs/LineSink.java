package io.gantry.logs;

import java.io.IOException;

/** Takes lines one by one. */
interface LineSink {

    void line(LogLine line) throws IOException;
}
