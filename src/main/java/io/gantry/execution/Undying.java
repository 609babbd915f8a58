package io.gantry.execution;

import io.gantry.engine.ContainerId;
import io.gantry.run.RunId;
import java.time.Duration;

/** A container that goes on although it was sent SIGKILL, as one whose process hangs in the kernel. */
public record Undying(RunId run, ContainerId container, Duration sinceKill) {}
