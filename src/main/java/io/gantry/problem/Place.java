package io.gantry.problem;

/** Where in a request the rule was broken. */
public sealed interface Place {

    /** The request as a whole. */
    record Nowhere() implements Place {}

    /** A place in the request's document, as a JSON pointer (RFC 6901). */
    record Pointer(String pointer) implements Place {}

    /** A query parameter, by its name. */
    record Parameter(String name) implements Place {}

    /** A header, by its name. */
    record Header(String name) implements Place {}

    static Place nowhere() {
        return new Nowhere();
    }

    static Place pointer(String pointer) {
        return new Pointer(pointer);
    }

    static Place parameter(String name) {
        return new Parameter(name);
    }

    static Place header(String name) {
        return new Header(name);
    }
}
