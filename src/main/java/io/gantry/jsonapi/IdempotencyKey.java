package io.gantry.jsonapi;

import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import java.util.List;
import java.util.Optional;

/** The {@code Idempotency-Key} header: the client's own name for one act. */
final class IdempotencyKey {

    private IdempotencyKey() {}

    static Optional<String> parse(List<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        String key = values.get(0).strip();
        if (values.size() > 1 || !key.matches("[\\x20-\\x7e]{1,255}")) {
            throw Problem.of(
                            HttpProblem.INVALID_HEADER,
                            "Idempotency-Key takes one value of 1 to 255 printable ASCII characters.")
                    .at(Place.header("Idempotency-Key"))
                    .asException();
        }
        return Optional.of(key);
    }
}
