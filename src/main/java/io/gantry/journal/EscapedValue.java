package io.gantry.journal;

import ch.qos.logback.classic.pattern.MDCConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** A value of the diagnostic context, such as the request's id. */
final class EscapedValue extends MDCConverter {

    @Override
    public String convert(ILoggingEvent event) {
        return Escapes.line(super.convert(event));
    }
}
