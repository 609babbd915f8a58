package io.gantry.journal;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.util.Iterator;
import java.util.Set;
import org.slf4j.ILoggerFactory;

/** Sees to it that every text that is logged is escaped, whatever its format; JSON escapes by itself. */
public final class Journal {

    private static final Set<String> MESSAGES = Set.of("m", "msg", "message");
    private static final Set<String> VALUES = Set.of("X", "mdc");
    private static final Set<String> TRACES = Set.of(
            "ex",
            "exception",
            "throwable",
            "rEx",
            "rootException",
            "xEx",
            "xException",
            "xThrowable",
            "dwEx",
            "dwException",
            "dwThrowable",
            "dwREx",
            "dwRootException",
            "dwXEx",
            "dwXException",
            "dwXThrowable");

    private Journal() {}

    /** To be called once logging is configured; again after each time that it is configured anew. */
    public static void protect(ILoggerFactory loggers) {
        if (loggers instanceof LoggerContext context) {
            context.getLoggerList().forEach(Journal::protect);
        }
    }

    private static void protect(Logger logger) {
        protect((AppenderAttachable<ILoggingEvent>) logger);
    }

    private static void protect(AppenderAttachable<ILoggingEvent> owner) {
        for (Iterator<Appender<ILoggingEvent>> all = owner.iteratorForAppenders(); all.hasNext(); ) {
            protect(all.next());
        }
    }

    /** Dropwizard wraps its appenders into asynchronous ones. */
    @SuppressWarnings("unchecked") // What logging events are attached to gives them to appenders of logging events.
    private static void protect(Appender<ILoggingEvent> appender) {
        if (appender instanceof AppenderAttachable<?> wrapper) {
            protect((AppenderAttachable<ILoggingEvent>) wrapper);
        }
        if (appender instanceof OutputStreamAppender<?> output
                && output.getEncoder() instanceof LayoutWrappingEncoder<?> encoder
                && encoder.getLayout() instanceof PatternLayout layout) {
            protect(layout);
        }
    }

    /** Starting anew reads the format again. */
    static void protect(PatternLayout layout) {
        MESSAGES.forEach(word -> layout.getInstanceConverterMap().put(word, EscapedMessage::new));
        VALUES.forEach(word -> layout.getInstanceConverterMap().put(word, EscapedValue::new));
        TRACES.forEach(word -> layout.getInstanceConverterMap().put(word, EscapedTrace::new));
        layout.start();
    }
}
