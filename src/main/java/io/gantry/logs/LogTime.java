package io.gantry.logs;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment as {@code docker logs} takes it: RFC 3339, or seconds since 1970, or how long ago. */
final class LogTime {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");
    private static final Pattern AGO = Pattern.compile("([0-9]{1,9}(\\.[0-9]{1,9})?(ms|us|h|m|s))+");
    private static final Pattern AGO_PART = Pattern.compile("([0-9.]+)(ms|us|h|m|s)");
    private static final Map<String, Duration> UNITS = Map.of(
            "h", Duration.ofHours(1),
            "m", Duration.ofMinutes(1),
            "s", Duration.ofSeconds(1),
            "ms", Duration.ofMillis(1),
            "us", Duration.ofNanos(1000));

    private LogTime() {}

    static Optional<Instant> parse(String text, Instant now) {
        try {
            if (SECONDS.matcher(text).matches()) {
                return Optional.of(Instant.EPOCH.plus(times(Duration.ofSeconds(1), text)));
            }
            if (AGO.matcher(text).matches()) {
                return Optional.of(now.minus(duration(text)));
            }
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Duration duration(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = AGO_PART.matcher(text);
        while (part.find()) {
            sum = sum.plus(times(UNITS.getOrDefault(part.group(2), Duration.ZERO), part.group(1)));
        }
        return sum;
    }

    private static Duration times(Duration unit, String number) {
        BigDecimal nanos = new BigDecimal(number).multiply(BigDecimal.valueOf(unit.toNanos()));
        BigDecimal[] seconds = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
        return Duration.ofSeconds(seconds[0].longValueExact(), seconds[1].longValue());
    }
}
