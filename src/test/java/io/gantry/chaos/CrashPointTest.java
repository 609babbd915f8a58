package io.gantry.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A rule whose place was renamed is found here at once, instead of by a trial that waits for a minute. */
class CrashPointTest {

    private static final Pattern PLACE = Pattern.compile("(?m)^CLASS (\\S+)\\nMETHOD ([^(\\s]+)(\\(.*\\))?$");

    @ParameterizedTest
    @EnumSource
    void each_place_is_there(CrashPoint point) {
        List<MatchResult> places = PLACE.matcher(point.script(1)).results().toList();

        assertThat(places)
                .isNotEmpty()
                .allSatisfy(place ->
                        assertThat(methods(place.group(1))).as(place.group()).anyMatch(method -> fits(method, place)));
    }

    @ParameterizedTest
    @EnumSource
    void each_script_counts_to_the_nth_time(CrashPoint point) {
        List<String> numbers = IntStream.rangeClosed(1, point.most())
                .mapToObj(point::script)
                .distinct()
                .toList();

        assertThat(numbers)
                .hasSize(point.most())
                .allSatisfy(
                        script -> assertThat(script).contains("traceln(\"chaos: " + point.word() + "\"); killJVM()"));
    }

    private static boolean fits(Method method, MatchResult place) {
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getName)
                .collect(Collectors.joining(",", "(", ")"));
        return method.getName().equals(place.group(2))
                && (place.group(3) == null || place.group(3).equals(parameters));
    }

    private static List<Method> methods(String type) throws ClassNotFoundException {
        return List.of(Class.forName(type, false, CrashPointTest.class.getClassLoader())
                .getDeclaredMethods());
    }
}
