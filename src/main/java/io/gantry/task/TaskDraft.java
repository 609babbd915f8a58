package io.gantry.task;

import java.util.Optional;

/** What a client says of a task, all of it valid. */
public record TaskDraft(String title, Optional<String> description, TaskSpec spec) {}
