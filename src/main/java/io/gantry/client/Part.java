package io.gantry.client;

/** What the other side of a connection has to send or to take. */
enum Part {
    /** The request line and the headers. */
    HEAD,
    /** The body of a request whose head is complete. */
    BODY,
    /** What we have written. */
    ANSWER
}
