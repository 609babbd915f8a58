package io.gantry.journal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JournalTest {

    private static final String FORGED = "x\r\nERROR [2026-01-31] io.gantry: forged";

    private final LoggerContext context = new LoggerContext();

    private String logged(String format, String message, @Nullable Throwable failure) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(format);
        layout.start();
        Journal.protect(layout);
        LoggingEvent event = new LoggingEvent(
                "there", context.getLogger("io.gantry"), Level.INFO, message, failure, new Object[] {"argument"});
        event.setMDCPropertyMap(Map.of("requestId", message));
        return layout.doLayout(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%m%n%rEx", "%msg%n%ex", "%message %X{requestId}%n%xEx", "%mdc{requestId}%n%nopex", "%m%n%dwREx"
            })
    void a_message_stays_on_its_line(String format) {
        String line = logged(format, FORGED, null);

        assertThat(line.lines()).hasSize(1);
        assertThat(line).contains("x\\r\\nERROR").endsWith("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000", "\u0007", "\u0008", "\t", "\u000b", "\u001b", "\u007f", "\u0085", "\u009b", "\u009d",
                "\u2028", "\u2029", "\u202e"
            })
    void what_commands_a_terminal_is_shown_instead(String command) {
        assertThat(logged("%m", "a" + command + "[31mb", null))
                .startsWith("a\\")
                .endsWith("[31mb")
                .doesNotContain(command);
    }

    @Test
    void any_other_text_is_as_it_was() {
        assertThat(logged("%m", "Grüße, 世界 {} \\n", null)).isEqualTo("Grüße, 世界 argument \\n");
    }

    @Test
    void a_failures_message_cannot_pass_for_a_line() {
        String trace = logged("%m%n%rEx", "failed", new IllegalStateException(FORGED + "\u001b[2K"));

        assertThat(trace.lines().skip(1)).isNotEmpty().allMatch(line -> line.startsWith("! "));
        assertThat(trace)
                .contains("! ERROR [2026-01-31] io.gantry: forged\\u001b[2K")
                .contains("JournalTest");
    }
}
