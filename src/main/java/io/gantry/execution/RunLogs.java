package io.gantry.execution;

import io.gantry.engine.OutputSink;
import io.gantry.run.Run;

/** Where the output of runs is kept. */
public interface RunLogs {

    /** The log of a run, to be written by the owner of the run's present epoch only. */
    RunLog open(Run run);

    /** One run's log while it is being written. */
    interface RunLog extends AutoCloseable {

        /** Takes output as it comes, straight from the start of the container. */
        OutputSink live();

        /** Takes the engine's own log from its beginning, and stores what isn't stored yet. A fresh one for each reading. */
        OutputSink replay();

        /** Whether storing can't keep up, so that the engine must not be held up any longer: close the feed, replay later. */
        boolean isOverwhelmed();

        /** Whether another owner has taken over: nothing is stored any more. */
        boolean isFenced();

        /**
         * Stores what is still in memory.
         *
         * @return whether all that was given has been stored; false when another owner has taken over
         */
        boolean flush();

        /**
         * Whether what is stored is all that the container wrote.
         *
         * @param feed how the output came in
         */
        boolean isComplete(Feed feed);

        /** Gives up what is still in memory. */
        @Override
        void close();
    }

    /** How a run's output reached its log. */
    enum Feed {
        /** One attach from before the start to the end of the stream. */
        UNBROKEN,
        /** The engine's own log was read again at the end. */
        REREAD
    }
}
