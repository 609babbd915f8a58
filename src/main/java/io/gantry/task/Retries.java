package io.gantry.task;

import java.time.Duration;
import java.util.List;

/**
 * How often, and after what, a run that failed is tried again.
 *
 * @param limit how many more runs at most
 * @param backoff before the first of them; twice as long before each further one
 * @param on the failure codes after which there is another
 */
public record Retries(int limit, Duration backoff, List<String> on) {

    public Retries {
        on = List.copyOf(on);
    }
}
