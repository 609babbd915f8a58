package io.gantry.jsonapi;

/** The names that the wire format fixes. */
public final class JsonApi {

    /** The media type of JSON:API documents. */
    public static final String MEDIA_TYPE = "application/vnd.api+json";

    static final String VERSION = "1.1";

    private JsonApi() {}
}
