package io.gantry.task;

import java.util.List;

/** How often a failed run is tried again, in the words of the API. */
record RetriesMember(int limit, String backoff, List<String> on) {

    static RetriesMember of(Retries retries) {
        return new RetriesMember(retries.limit(), DurationText.format(retries.backoff()), retries.on());
    }
}
