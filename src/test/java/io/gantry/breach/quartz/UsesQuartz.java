package io.gantry.breach.quartz;

import org.quartz.Scheduler;

/** Knows Quartz where it should only know turns. */
record UsesQuartz(Scheduler scheduler) {}
