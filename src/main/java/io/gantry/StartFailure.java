package io.gantry;

import io.dropwizard.configuration.ConfigurationException;
import io.gantry.access.ListensTooWide;
import io.gantry.problem.CannotStart;
import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.net.BindException;
import java.util.List;

/** Tells whoever starts the program why it doesn't: one line for what they can mend, a stack trace for what they can't. */
final class StartFailure {

    private static final List<Class<? extends Throwable>> TELLING = List.of(
            CannotStart.class,
            ListensTooWide.class,
            ConfigurationException.class,
            BindException.class,
            FileNotFoundException.class);

    private StartFailure() {}

    static void print(PrintWriter out, Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (isTelling(t)) {
                out.println("gantry: " + message(failure, t));
                out.flush();
                return;
            }
        }
        failure.printStackTrace(out);
        out.flush();
    }

    private static boolean isTelling(Throwable t) {
        return TELLING.stream().anyMatch(telling -> telling.isInstance(t));
    }

    /** A port that is taken is named by the exception around it. */
    private static String message(Throwable failure, Throwable telling) {
        return String.valueOf((telling instanceof BindException ? failure : telling).getMessage())
                .strip();
    }
}
