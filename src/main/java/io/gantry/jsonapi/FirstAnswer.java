package io.gantry.jsonapi;

/**
 * What a creating request was answered with, kept so that it can be said again.
 *
 * @param location the absolute URL of what was created, which ends with its id
 * @param tag the entity tag, without quotes
 */
public record FirstAnswer(int status, String location, String tag, String body) {

    /** The id of what was created. */
    public String createdId() {
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
