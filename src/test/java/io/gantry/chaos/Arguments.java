package io.gantry.chaos;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a program was called with, as {@code name=value}; what is left out or empty has a default. */
record Arguments(Map<String, String> given) {

    static Arguments of(String... words) {
        return new Arguments(Arrays.stream(words)
                .map(word -> word.split("=", 2))
                .filter(pair -> pair.length == 2 && !pair[1].isBlank())
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    String word(String name, String otherwise) {
        return given.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        return Optional.ofNullable(given.get(name)).map(Integer::valueOf).orElse(otherwise);
    }

    /** Another one each time, unless it is given. */
    long seed() {
        return Optional.ofNullable(given.get("seed"))
                .map(Long::valueOf)
                .orElseGet(() -> Instant.now().getEpochSecond());
    }
}
