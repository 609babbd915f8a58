package io.gantry.chaos.observer;

/** Where the tables are. */
public record TableAccess(String url, String user, String password) {}
