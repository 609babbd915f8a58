package io.gantry.task;

/**
 * What a client calls a request, to be able to send it again.
 *
 * @param route the method and path that the key belongs to
 * @param requestHash hexadecimal; tells whether it is the same request
 */
public record IdempotencyKey(String route, String key, String requestHash) {}
