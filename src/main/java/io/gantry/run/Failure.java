package io.gantry.run;

/**
 * Why a run didn't succeed.
 *
 * @param detail one sentence for a person
 */
public record Failure(FailureCode code, String detail) {}
