package io.gantry.task;

/** What a creating request was answered with, kept to be said again. */
public record Answer(int status, String location, String body) {}
