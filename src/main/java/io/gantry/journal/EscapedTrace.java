package io.gantry.journal;

import ch.qos.logback.classic.spi.IThrowableProxy;
import io.dropwizard.logging.common.PrefixedRootCauseFirstThrowableProxyConverter;

/** A stack trace whose lines begin with {@code !}, those of its messages too, so that none can pass for a line of the log. */
final class EscapedTrace extends PrefixedRootCauseFirstThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy failure) {
        return Escapes.lines(super.throwableProxyToString(failure));
    }
}
