package io.gantry.task;

import io.dropwizard.util.DataSize;
import java.util.List;

/** Sizes as the API and the config file write them: {@code 512MiB}, {@code 2GiB}. */
public final class SizeText {

    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");

    private SizeText() {}

    /** Bytes. Throws IllegalArgumentException for anything that isn't a number and a unit. */
    public static long parse(String text) {
        if (text.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("no unit: " + text);
        }
        DataSize size = DataSize.parse(text);
        try {
            return Math.multiplyExact(size.getQuantity(), size.getUnit().toBytes(1));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too large: " + text, e);
        }
    }

    /** In the largest unit that needs no fraction. */
    public static String format(long bytes) {
        long number = bytes;
        int unit = 0;
        while (number != 0 && number % 1024 == 0 && unit < UNITS.size() - 1) {
            number /= 1024;
            unit++;
        }
        return number + UNITS.get(unit);
    }
}
