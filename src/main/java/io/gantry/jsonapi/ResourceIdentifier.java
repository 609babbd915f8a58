package io.gantry.jsonapi;

/** Which resource: its type and id. */
public record ResourceIdentifier(String type, String id) {}
