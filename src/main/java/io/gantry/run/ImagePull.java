package io.gantry.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/**
 * The pull that a run waits or waited for, in the words of the API.
 *
 * @param startedAt by the clock of the node that drives the run, as the end
 * @param finishedAt absent while it goes on
 * @param layers that the engine has named so far
 * @param layersDone those of them that are unpacked, or were there before
 * @param bytes downloaded so far, packed, of the layers whose size is known
 * @param totalBytes the sizes of these layers together, packed
 */
public record ImagePull(
        @JsonProperty("startedAt") Instant startedAt,
        @JsonProperty("finishedAt") Optional<Instant> finishedAt,
        @JsonProperty("layers") int layers,
        @JsonProperty("layersDone") int layersDone,
        @JsonProperty("bytes") long bytes,
        @JsonProperty("totalBytes") long totalBytes) {

    /** This one, ended then unless an end is known. */
    ImagePull endedAtLatest(Instant at) {
        return new ImagePull(startedAt, finishedAt.or(() -> Optional.of(at)), layers, layersDone, bytes, totalBytes);
    }
}
