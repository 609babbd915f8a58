package io.gantry.task;

import io.gantry.jsonapi.AttributeReader;

/** What the attributes must be that are objects. A member that isn't named has its usual value. */
final class ObjectRules {

    /** Docker refuses less. */
    private static final long LEAST_MEMORY = 6 << 20;
    /** Less isn't enough for the engine's init and a shell. */
    private static final long FEWEST_PIDS = 4;

    private static final long FEWEST_FILES = 16;
    private static final long LEAST_SHM = 64 << 10;

    private ObjectRules() {}

    static Resources resources(AttributeReader in, ResourceLimits limits) {
        Resources usual = limits.usual();
        Resources most = limits.most();
        return new Resources(
                in.find("cpus", value -> SpecRules.cpus(value, most.cpus())).orElse(usual.cpus()),
                in.find("memory", value -> SpecRules.size(value, LEAST_MEMORY, most.memory()))
                        .orElse(usual.memory()),
                in.find("pids", value -> SpecRules.whole(value, FEWEST_PIDS, most.pids()))
                        .orElse(usual.pids()),
                in.find("nofile", value -> SpecRules.whole(value, FEWEST_FILES, most.nofile()))
                        .orElse(usual.nofile()),
                in.find("shmSize", value -> SpecRules.size(value, LEAST_SHM, most.shmSize()))
                        .orElse(usual.shmSize()));
    }

    static Retries retries(AttributeReader in, RetryLimits limits) {
        Retries usual = limits.usually();
        return new Retries(
                in.find("limit", value -> SpecRules.retries(value, limits.most()))
                        .orElse(usual.limit()),
                in.find("backoff", value -> SpecRules.backoff(value, limits.longestBackoff()))
                        .orElse(usual.backoff()),
                in.find("on", SpecRules::retryCodes).orElse(usual.on()));
    }
}
