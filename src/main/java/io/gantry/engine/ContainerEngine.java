package io.gantry.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container engine must do for us. Every call has a deadline of its own and throws {@link EngineUnavailable} when
 * the engine can't be asked or doesn't answer in time (what was asked may have happened all the same), and
 * {@link EngineRefused} when it answered and said no in a way that asking again won't change. Safe for many threads.
 */
public interface ContainerEngine {

    /** Which engine this is. It is asked each time, though what hardly ever changes may be as old as some seconds. */
    EngineIdentity identify();

    /** What its clock says, which starts and ends of containers are told by. */
    Instant now();

    /** The image, if the engine has it. */
    Optional<ImageFacts> findImage(ImageReference image);

    /** Begins to pull an image; returns at once. */
    Pull pull(ImageReference image);

    /** Creates a container without starting it. */
    CreateResult create(ContainerPlan plan);

    /** Sends one start request, never repeated by the adapter: an answer that got lost is {@link EngineUnavailable}. */
    StartResult start(ContainerId container);

    /** The container as it is now. Empty only when the engine said that it isn't there. */
    Optional<ContainerState> inspect(ContainerId container);

    /** The same by name. */
    Optional<ContainerState> inspect(ContainerName container);

    /**
     * Waits until the engine reports that a started container no longer runs, or the time is up, or the engine is gone;
     * whatever happened, only a following {@link #inspect} tells. Must not be asked of a container that wasn't started.
     */
    void awaitExit(ContainerId container, Duration atMost);

    /** Sends a signal ({@code TERM}, {@code KILL}) to a container's main process; a container that is gone is no error. */
    void signal(ContainerId container, String signal);

    /** Removes a container that never ran. Exclusive with a start: whichever the engine takes first wins. */
    RemoveResult removeUnstarted(ContainerId container);

    /** Removes a container with its anonymous volumes, killing it if need be; one that is gone is no error. */
    void remove(ContainerId container);

    /**
     * Attaches to the output of a container that was created and not started yet; returns when the engine has confirmed,
     * so that no byte of it is missed. Backpressure: the engine waits while the sink blocks.
     */
    OutputFeed attach(ContainerId container, OutputSink sink);

    /** Reads what the engine's own log holds from the beginning, and goes on with what comes if {@code follow} says so. */
    OutputFeed readLog(ContainerId container, Follow follow, OutputSink sink);

    /**
     * Why a started container's command was never executed although the start went well: the engine's own init process
     * is what it starts, and that tells of a missing or forbidden executable only by exit code 127 or 126 and a line in
     * the log. To be asked of an exited container with one of these codes; empty for a command that itself ended so.
     */
    Optional<String> findExecFault(ContainerId container);

    /** All containers, running or not, that carry all of these labels. */
    List<ContainerSummary> list(Map<String, String> labels);

    /**
     * What is known of a container's end: signals that were sent to it and its {@code die} event, in order, from
     * {@code since} on. Waits for that event if need be, but not past {@code until}; both are engine time, since our clock
     * may be another. Engines remember only a few hundred events and none from before their own start; what was heard since
     * {@link #keepEvents} is known for longer, and also if it came after {@code until}.
     */
    List<ContainerEvent> eventsOf(ContainerId container, Instant since, Instant until);

    /** From now on keeps what happens to containers with these labels, as far as the engine can be heard. Asked once. */
    void keepEvents(Map<String, String> labels);
}
