package io.gantry.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Optional;

/**
 * How many requests a caller may make in a minute: a bucket of as many tokens that fills evenly, one for each caller of
 * whom something was heard lately. What several nodes grant adds up.
 */
public final class RateLimit {

    private static final int MOST_CALLERS = 100_000;

    private final Optional<LoadingCache<String, Bucket>> callers;

    /** @param perMinute empty for as many as come */
    public RateLimit(Optional<Integer> perMinute) {
        callers = perMinute.map(limit -> Caffeine.newBuilder()
                .maximumSize(MOST_CALLERS)
                .expireAfterAccess(Duration.ofMinutes(2))
                .build(caller -> bucket(limit)));
    }

    private static Bucket bucket(int limit) {
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, Duration.ofMinutes(1)))
                .build();
    }

    /** Counts a request. Raises {@code rate-limited} if it is one too many. */
    void take(String caller) {
        take("caller", caller);
    }

    private void take(String kind, String name) {
        callers.ifPresent(buckets -> take(buckets.get(kind + " " + name)));
    }

    private static void take(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw limited(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /**
     * The same authentication, in which whoever shows credentials that aren't valid uses up what his address has, and is only
     * told to wait after that. Others at that address, which may be a proxy's, go on.
     */
    public Authentication guarding(Authentication authentication) {
        return (authorization, address) -> {
            try {
                return authentication.caller(authorization, address);
            } catch (ProblemException refused) {
                if (refused.problem().code() == HttpProblem.UNAUTHENTICATED) {
                    take("address", address);
                }
                throw refused;
            }
        };
    }

    private static ProblemException limited(Duration wait) {
        return Problem.of(
                        HttpProblem.RATE_LIMITED,
                        "More requests in a minute than the operator allows. Try again after what Retry-After says.")
                .retryAfter(wait)
                .asException();
    }
}
