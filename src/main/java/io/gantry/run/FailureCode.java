package io.gantry.run;

import java.util.Arrays;
import java.util.Locale;

/** Why a run didn't succeed, in the words of the API. */
public enum FailureCode {
    /** The process returned something other than 0. */
    EXIT_CODE,
    /** The kernel killed it at its memory limit. */
    OUT_OF_MEMORY,
    /** No registry has the image, or shows it to us. */
    IMAGE_NOT_FOUND,
    /** The image couldn't be fetched. */
    IMAGE_PULL_FAILED,
    /** The engine could make no process of the command. */
    COMMAND_NOT_FOUND,
    /** It ran longer than it may. */
    TIMEOUT,
    /** It waited longer than it may. */
    QUEUE_TIMEOUT,
    /** The engine refused, in its own words. */
    ENGINE_ERROR,
    /** The container vanished, or was ended by something other than itself and us. */
    CONTAINER_LOST;

    /** The word used on the wire and in the database, e.g. {@code exit-code}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static FailureCode of(String word) {
        return Arrays.stream(values())
                .filter(c -> c.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no failure code: " + word));
    }

    @Override
    public String toString() {
        return word();
    }
}
