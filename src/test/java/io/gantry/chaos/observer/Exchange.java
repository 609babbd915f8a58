package io.gantry.chaos.observer;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One request and what became of it.
 *
 * @param answer empty when none came: whether the request did anything is unknown then
 */
public record Exchange(Request request, Instant sentAt, Instant doneAt, Optional<Answer> answer) {

    /**
     * What was asked.
     *
     * @param subject the task that it is about
     * @param idempotencyKey makes it safe to be sent again
     * @param body JSON, or nothing
     */
    public record Request(
            String method, String target, Optional<UUID> subject, Optional<String> idempotencyKey, String body) {

        public boolean creates() {
            return method.equals("POST") && target.equals("/tasks");
        }

        public boolean cancels() {
            return method.equals("POST") && target.endsWith("/cancel");
        }

        public boolean readsTask() {
            return method.equals("GET")
                    && subject.map(task -> target.equals("/tasks/" + task)).orElse(false);
        }

        public boolean deletes() {
            return method.equals("DELETE");
        }
    }

    /**
     * What was answered.
     *
     * @param location of what was created
     */
    public record Answer(
            int status,
            Optional<String> retryAfter,
            Optional<String> location,
            Optional<String> logComplete,
            Bytes body) {}

    public boolean hasStatus(int status) {
        return answer.map(given -> given.status() == status).orElse(false);
    }

    /** A request that the service understood and refused. */
    public boolean isRefused() {
        return answer.map(given -> given.status() >= 400 && given.status() < 500)
                .orElse(false);
    }

    /** It may have been carried out: it was, or nobody knows. */
    public boolean mayHaveWorked() {
        return answer.map(given -> given.status() < 300 || given.status() >= 500)
                .orElse(true);
    }

    @Override
    public String toString() {
        return request.method() + " " + request.target()
                + request.subject().map(task -> " (task " + task + ")").orElse("") + " -> "
                + answer.map(given -> Integer.toString(given.status())).orElse("no answer") + " at " + doneAt;
    }
}
