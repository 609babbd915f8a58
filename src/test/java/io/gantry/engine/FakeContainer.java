package io.gantry.engine;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A container of a {@link FakeEngine}, driven by a test in place of a process. Safe for many threads. */
public final class FakeContainer {

    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final int FIRST_SIGNAL_CODE = 128;

    private final FakeEngine engine;
    private final ContainerId id;
    private final ContainerPlan plan;
    private final Instant createdAt;
    private final List<Written> log = new ArrayList<>();
    private final List<FakeFeed> feeds = new ArrayList<>();
    private final List<ContainerEvent> events = new ArrayList<>();

    private ContainerState.Phase phase = ContainerState.Phase.CREATED;
    private Optional<Integer> exitCode = Optional.empty();
    private boolean oomKilled;
    private boolean ignoresTerm;
    private Optional<String> execFault = Optional.empty();
    private Optional<StartError> startError = Optional.empty();
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<Instant> finishedAt = Optional.empty();
    private int startRequests;
    private int starts;

    FakeContainer(FakeEngine engine, ContainerId id, ContainerPlan plan) {
        this.engine = engine;
        this.id = id;
        this.plan = plan;
        this.createdAt = engine.tick();
    }

    public ContainerId id() {
        return id;
    }

    public ContainerPlan plan() {
        return plan;
    }

    /** What the process was told to run: the entrypoint, if any, and the command. */
    public List<String> argv() {
        List<String> argv = new ArrayList<>(plan.entrypoint().orElse(List.of()));
        argv.addAll(plan.command());
        return argv;
    }

    /** How often a start request made the process run. */
    public int starts() {
        synchronized (engine) {
            return starts;
        }
    }

    /** How many start requests were sent for it, whether they arrived or not. */
    public int startRequests() {
        synchronized (engine) {
            return startRequests;
        }
    }

    public boolean isRunning() {
        synchronized (engine) {
            return phase == ContainerState.Phase.RUNNING;
        }
    }

    public FakeContainer writes(String text) {
        return writes(OutputStreamName.STDOUT, text.getBytes(StandardCharsets.UTF_8));
    }

    public FakeContainer writesError(String text) {
        return writes(OutputStreamName.STDERR, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes as one frame; returns when every open feed has taken it. */
    public FakeContainer writes(OutputStreamName stream, byte[] bytes) {
        Written written = new Written(stream, bytes.clone());
        List<FakeFeed> open;
        synchronized (engine) {
            log.add(written);
            open = List.copyOf(feeds);
        }
        open.forEach(feed -> feed.deliver(written));
        return this;
    }

    /** Writes what reaches the engine's log alone, for no feed survived the engine's death. */
    public FakeContainer writesUnseen(String text) {
        synchronized (engine) {
            log.add(new Written(OutputStreamName.STDOUT, text.getBytes(StandardCharsets.UTF_8)));
        }
        return this;
    }

    /** The process ends by itself. */
    public void exits(int code) {
        finish(code, End.REMEMBERED);
    }

    /** The process ends while the engine is dead, which never learns how. */
    public void exitsUnseen(int code) {
        finish(code, End.UNSEEN);
    }

    /** The process is killed at its memory limit. */
    public void runsOutOfMemory() {
        synchronized (engine) {
            oomKilled = true;
            events.add(new ContainerEvent.OutOfMemory(engine.tick()));
        }
        finish(FIRST_SIGNAL_CODE + SIGKILL, End.REMEMBERED);
    }

    /** A process in it was killed for memory, but the main one goes on. */
    public FakeContainer losesAChildToMemory() {
        synchronized (engine) {
            oomKilled = true;
            events.add(new ContainerEvent.OutOfMemory(engine.tick()));
        }
        return this;
    }

    /** The engine's init process finds no such command: it says so in the log and ends with 127. */
    public void isNotExecutable() {
        String fault = "exec " + argv().get(0) + " failed: No such file or directory";
        writesError("[FATAL tini (7)] " + fault + "\n");
        synchronized (engine) {
            execFault = Optional.of(fault);
        }
        finish(127, End.REMEMBERED);
    }

    /** Somebody starts it whom we don't know; that is in no journal. */
    public void isStartedByAStranger() {
        engine.startOf(this);
    }

    /** From now on it takes KILL to end it. */
    public FakeContainer ignoresTerm() {
        synchronized (engine) {
            ignoresTerm = true;
        }
        return this;
    }

    /** The engine remembers its end no more, as after a restart. */
    public void isForgotten() {
        synchronized (engine) {
            events.clear();
        }
    }

    /** Whether somebody takes in what it writes. */
    public boolean isFollowed() {
        synchronized (engine) {
            return !feeds.isEmpty();
        }
    }

    /** The engine's log forgets its first frames, as after a rotation. */
    public FakeContainer losesLogFrames(int count) {
        synchronized (engine) {
            log.subList(0, count).clear();
        }
        return this;
    }

    /** Every open feed of it breaks. */
    public void breakFeeds() {
        endFeeds(OutputFeed.State.BROKEN);
    }

    /** Every open feed of it ends as if all was well, though the container goes on: what an engine's death looks like. */
    public void endFeeds() {
        endFeeds(OutputFeed.State.ENDED);
    }

    void requested() {
        synchronized (engine) {
            startRequests++;
        }
    }

    StartResult start() {
        synchronized (engine) {
            if (phase == ContainerState.Phase.RUNNING) {
                return new StartResult.Started();
            }
            starts++;
            phase = ContainerState.Phase.RUNNING;
            exitCode = Optional.empty();
            startedAt = Optional.of(engine.tick());
            engine.notifyAll();
        }
        return new StartResult.Started();
    }

    StartResult cannotStart(StartError error) {
        synchronized (engine) {
            startError = Optional.of(error);
        }
        endFeeds();
        if (error.fault() == StartError.Fault.ENGINE) {
            throw new EngineRefused(error.detail());
        }
        return new StartResult.CannotStart(error.detail());
    }

    void signal(String signal) {
        synchronized (engine) {
            if (phase != ContainerState.Phase.RUNNING) {
                return;
            }
            events.add(new ContainerEvent.Signalled(engine.tick(), signal));
            if (signal.equals("TERM") && ignoresTerm) {
                return;
            }
        }
        finish(FIRST_SIGNAL_CODE + (signal.equals("TERM") ? SIGTERM : SIGKILL), End.REMEMBERED);
    }

    private void finish(int code, End end) {
        synchronized (engine) {
            if (phase != ContainerState.Phase.RUNNING) {
                throw new IllegalStateException("container " + plan.name() + " does not run");
            }
            phase = ContainerState.Phase.EXITED;
            exitCode = Optional.of(code);
            finishedAt = Optional.of(engine.tick());
            if (end == End.REMEMBERED) {
                events.add(new ContainerEvent.Died(finishedAt.orElseThrow(), code));
            }
            engine.notifyAll();
        }
        endFeeds();
    }

    void endFeeds(OutputFeed.State state) {
        List<FakeFeed> open;
        synchronized (engine) {
            open = List.copyOf(feeds);
            feeds.clear();
        }
        open.forEach(feed -> feed.end(state));
    }

    /** A feed of what is written from now on. */
    FakeFeed attach(OutputSink sink) {
        FakeFeed feed = new FakeFeed(sink, this::forget);
        synchronized (engine) {
            feeds.add(feed);
        }
        return feed;
    }

    FakeFeed readLog(Follow follow, OutputSink sink) {
        FakeFeed feed = new FakeFeed(sink, this::forget);
        synchronized (feed) {
            List<Written> past = openFeed(feed, follow);
            past.forEach(feed::deliver);
        }
        synchronized (engine) {
            if (!feeds.contains(feed)) {
                feed.end(OutputFeed.State.ENDED);
            }
        }
        return feed;
    }

    private List<Written> openFeed(FakeFeed feed, Follow follow) {
        synchronized (engine) {
            if (follow == Follow.YES && phase == ContainerState.Phase.RUNNING) {
                feeds.add(feed);
            }
            return List.copyOf(log);
        }
    }

    private void forget(FakeFeed feed) {
        synchronized (engine) {
            feeds.remove(feed);
        }
    }

    ContainerState state() {
        synchronized (engine) {
            return new ContainerState(id, phase, exitCode, oomKilled, startError, startedAt, finishedAt, plan.labels());
        }
    }

    Optional<String> execFault() {
        synchronized (engine) {
            return execFault;
        }
    }

    ContainerSummary summary() {
        return new ContainerSummary(id, plan.name().value(), plan.labels(), createdAt);
    }

    List<ContainerEvent> events() {
        synchronized (engine) {
            return List.copyOf(events);
        }
    }

    /** Whether the engine notes an end. */
    private enum End {
        REMEMBERED,
        UNSEEN
    }

    /** One frame of output. */
    static final class Written {

        private final OutputStreamName stream;
        private final byte[] bytes;

        Written(OutputStreamName stream, byte[] bytes) {
            this.stream = stream;
            this.bytes = bytes;
        }

        OutputStreamName stream() {
            return stream;
        }

        byte[] bytes() {
            return bytes;
        }
    }
}
