package io.gantry.execution;

import io.gantry.engine.ContainerEngine;
import io.gantry.engine.EngineUnavailable;
import io.gantry.engine.ImageReference;
import io.gantry.engine.Pull;
import io.gantry.engine.PullProgress;
import io.gantry.engine.PullResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The pulls of this process that are under way, one an image at most, shared by all who wait for it. A pull is given up
 * when the last of them has let go. Safe for many threads.
 */
final class SharedPulls {

    private final ContainerEngine engine;
    private final Map<String, Shared> underWay = new HashMap<>();

    SharedPulls(ContainerEngine engine) {
        this.engine = engine;
    }

    /**
     * A share of the pull of this image, which is begun unless it is under way; closing the share leaves the others theirs.
     * Throws what {@link ContainerEngine#pull} throws.
     */
    synchronized Pull join(ImageReference image) {
        String name = image.normalised();
        Shared shared = Optional.ofNullable(underWay.get(name))
                .filter(Shared::isUnderWay)
                .orElseGet(() -> new Shared(name, engine.pull(image)));
        underWay.put(name, shared);
        shared.holders++;
        return new Share(shared);
    }

    private synchronized void letGo(Shared shared) {
        shared.holders--;
        if (shared.holders == 0) {
            underWay.remove(shared.name, shared);
            shared.pull.close();
        }
    }

    private static final class Shared {

        private final String name;
        private final Pull pull;
        private int holders;

        Shared(String name, Pull pull) {
            this.name = name;
            this.pull = pull;
        }

        /** Who comes after the end asks the registry anew: a tag may have moved since. */
        boolean isUnderWay() {
            try {
                return pull.await(Duration.ZERO).isEmpty();
            } catch (EngineUnavailable broken) {
                return false;
            }
        }
    }

    private final class Share implements Pull {

        private final Shared shared;
        private boolean closed;

        Share(Shared shared) {
            this.shared = shared;
        }

        @Override
        public Optional<PullResult> await(Duration atMost) {
            return shared.pull.await(atMost);
        }

        @Override
        public PullProgress progress() {
            return shared.pull.progress();
        }

        @Override
        public void close() {
            synchronized (SharedPulls.this) {
                if (closed) {
                    return;
                }
                closed = true;
                letGo(shared);
            }
        }
    }
}
