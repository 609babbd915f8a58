package io.gantry.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How long the engine took for each of our calls, from the service's own metrics. */
final class EngineCalls {

    private static final Pattern SAMPLE = Pattern.compile(
            "(?m)^gantry_engine_call_duration_seconds_(sum|count)\\{[^}]*call=\"(\\w+)\"[^}]*} (\\S+)$");

    private final Map<String, Double> seconds = new TreeMap<>();
    private final Map<String, Double> calls = new TreeMap<>();

    EngineCalls(String metrics) {
        SAMPLE.matcher(metrics)
                .results()
                .forEach(sample -> (sample.group(1).equals("sum") ? seconds : calls)
                        .merge(sample.group(2), Double.valueOf(sample.group(3)), Double::sum));
    }

    void explain(Report report) {
        seconds.forEach((call, sum) -> report.note(
                "engine call " + call + ", mean of " + Math.round(calls.getOrDefault(call, 1.0)),
                Report.millis(1000 * sum / calls.getOrDefault(call, 1.0))));
    }
}
