package io.gantry.jsonapi;

import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What a client accepts, as its {@code Accept} header says by the rules of JSON:API. */
record Accept(List<MediaRange> ranges) {

    /** For those who say nothing. */
    private static final MediaRange ANYTHING = MediaRange.parse("*/*").orElseThrow();

    static Accept parse(List<String> values) {
        String text = String.join(",", values);
        List<MediaRange> ranges = MediaRange.parseList(text)
                .orElseThrow(() -> Problem.of(
                                HttpProblem.INVALID_HEADER,
                                "Accept isn't a list of media types. Send \"Accept: " + JsonApi.MEDIA_TYPE
                                        + "\", or leave it out.")
                        .at(Place.header("Accept"))
                        .asException());
        return new Accept(ranges.isEmpty() ? List.of(ANYTHING) : ranges);
    }

    /** For answers that must be given however broken the header is. */
    static Accept parseLeniently(List<String> values) {
        List<MediaRange> ranges = MediaRange.parseList(String.join(",", values)).orElse(List.of());
        return new Accept(ranges.isEmpty() ? List.of(ANYTHING) : ranges);
    }

    /** Which name a JSON:API document gets. */
    String documentType() {
        return weight(MediaType.APPLICATION_JSON) > weight(JsonApi.MEDIA_TYPE)
                ? MediaType.APPLICATION_JSON
                : JsonApi.MEDIA_TYPE;
    }

    /** Whether anything at all is accepted. */
    boolean isSatisfiable() {
        return !usable().isEmpty();
    }

    /** The header as routing shall see it: without parameters, which it would take for a part of the type. */
    String withoutParameters() {
        return usable().stream().map(MediaRange::toString).collect(Collectors.joining(", "));
    }

    private List<MediaRange> usable() {
        return ranges.stream()
                .filter(range -> range.weight() > 0 && range.hasSupportedParameters())
                .toList();
    }

    private double weight(String mediaType) {
        return ranges.stream()
                .filter(range -> range.hasSupportedParameters() && range.closeness(mediaType) > 0)
                .max(Comparator.comparingInt(range -> range.closeness(mediaType)))
                .map(MediaRange::weight)
                .orElse(0.0);
    }
}
