package io.gantry.task;

import io.gantry.jsonapi.AttributeReader;
import io.gantry.jsonapi.HttpProblem;
import io.gantry.jsonapi.RequestDocument;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import java.util.Optional;
import java.util.UUID;

/** The rule of ids that clients choose for what they create. */
public final class ChosenId {

    private ChosenId() {}

    /** The id, if there is a valid one; notes a problem if there is another. */
    public static Optional<UUID> read(RequestDocument document, AttributeReader in) {
        Optional<UUID> id = document.id().flatMap(Uuids::parse);
        if (document.id().isPresent() && id.isEmpty()) {
            in.reject(Problem.of(HttpProblem.INVALID_ATTRIBUTE, "An id must be a UUID. Leave it out to get one.")
                    .at(Place.pointer("/data/id")));
        }
        return id;
    }
}
