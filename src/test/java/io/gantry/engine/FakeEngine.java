package io.gantry.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A container engine in memory, scripted by a test: what each container does once started, which images there are, and
 * which calls fail. Deterministic: its clock moves by one millisecond at each thing that happens.
 */
public final class FakeEngine implements ContainerEngine {

    /** The calls of the port, to name one that is to fail. */
    public enum Call {
        IDENTIFY,
        FIND_IMAGE,
        PULL,
        CREATE,
        START,
        INSPECT,
        AWAIT_EXIT,
        SIGNAL,
        REMOVE_UNSTARTED,
        REMOVE,
        ATTACH,
        READ_LOG,
        LIST,
        FIND_EXEC_FAULT,
        EVENTS
    }

    private enum Mishap {
        UNAVAILABLE,
        ANSWER_LOST,
        REFUSED
    }

    public static final Instant START_OF_TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<ContainerId, FakeContainer> containers = new LinkedHashMap<>();
    private final Map<String, ImageFacts> images = new HashMap<>();
    private final Map<String, PullResult> registry = new HashMap<>();
    private final Map<Call, Deque<Mishap>> mishaps = new EnumMap<>(Call.class);
    private final List<String> journal = new CopyOnWriteArrayList<>();
    private Consumer<FakeContainer> program = container -> container.exits(0);
    private Optional<String> startFault = Optional.empty();
    private Instant now = START_OF_TIME;
    private String engineId = "FAKE";
    private int created;
    private boolean down;
    private boolean pullsHang;

    /** Has {@code busybox}; every container ends with 0 at once. */
    public FakeEngine() {
        haveImage("busybox");
    }

    // What a test scripts

    /** What each container does when it is started, on the thread that starts it; does nothing to keep it running. */
    public FakeEngine onStart(Consumer<FakeContainer> behaviour) {
        synchronized (this) {
            program = behaviour;
        }
        return this;
    }

    /** Containers run until the test, or a signal, ends them. */
    public FakeEngine containersKeepRunning() {
        return onStart(container -> {});
    }

    public synchronized FakeEngine haveImage(String image) {
        images.put(new ImageReference(image).normalised(), factsOf(image));
        return this;
    }

    public synchronized FakeEngine loseImage(String image) {
        images.remove(new ImageReference(image).normalised());
        return this;
    }

    /** The registry has it: a pull brings it. */
    public FakeEngine registryHas(String image) {
        return pullsEnd(image, new PullResult.Pulled(factsOf(image)));
    }

    /** How each pull of this image ends; of an image never named so, with {@code NoSuchImage}. */
    public synchronized FakeEngine pullsEnd(String image, PullResult result) {
        registry.put(new ImageReference(image).normalised(), result);
        return this;
    }

    /** Pulls don't end before they are closed. */
    public synchronized FakeEngine pullsHang() {
        pullsHang = true;
        return this;
    }

    /** The next start makes no process, with these words. */
    public synchronized FakeEngine nextStartFails(String detail) {
        startFault = Optional.of(detail);
        return this;
    }

    /** The next such call doesn't reach the engine. May be said several times. */
    public FakeEngine failNext(Call call) {
        return mishap(call, Mishap.UNAVAILABLE);
    }

    /** The next such call does its work, but its answer gets lost. */
    public FakeEngine loseNextAnswer(Call call) {
        return mishap(call, Mishap.ANSWER_LOST);
    }

    /** The next such call is refused. */
    public FakeEngine refuseNext(Call call) {
        return mishap(call, Mishap.REFUSED);
    }

    /** No call reaches it any more and every feed ends; the containers go on. */
    public void goDown() {
        List<FakeContainer> all;
        synchronized (this) {
            down = true;
            all = List.copyOf(containers.values());
            notifyAll();
        }
        all.forEach(FakeContainer::endFeeds);
    }

    public synchronized void comeUp() {
        down = false;
        notifyAll();
    }

    /** Comes up as an engine without live-restore: what ran was killed by it, and the events from before are forgotten. */
    public void restart() {
        goDown();
        for (FakeContainer container : containers()) {
            container.signal("KILL");
            container.forgetEvents();
        }
        comeUp();
    }

    /** Another engine answers from now on; it has no containers and the same images. */
    public synchronized void becomeAnotherEngine(String id) {
        engineId = id;
        containers.clear();
    }

    /** Somebody else removes a container. */
    public synchronized void vanish(ContainerId container) {
        containers.remove(container);
        notifyAll();
    }

    // What a test looks at

    /** All containers that are there, oldest first. */
    public synchronized List<FakeContainer> containers() {
        return List.copyOf(containers.values());
    }

    public Optional<FakeContainer> find(String name) {
        return containers().stream()
                .filter(c -> c.plan().name().value().equals(name))
                .findFirst();
    }

    /** The container of this name, which must be there. */
    public FakeContainer container(String name) {
        return find(name).orElseThrow(() -> new AssertionError("no container " + name + " in " + journal));
    }

    /** The only container. */
    public FakeContainer theContainer() {
        List<FakeContainer> all = containers();
        if (all.size() != 1) {
            throw new AssertionError("expected one container, there are " + all.size());
        }
        return all.get(0);
    }

    /** The changes that were asked of it, in order, as they arrived: {@code create gantry-…}, {@code start gantry-…}. */
    public List<String> journal() {
        return List.copyOf(journal);
    }

    // The port

    @Override
    public EngineIdentity identify() {
        return asked(
                Call.IDENTIFY, () -> new EngineIdentity(engineId, "20.10.24", "1.41", EngineIdentity.LiveRestore.OFF));
    }

    @Override
    public Optional<ImageFacts> findImage(ImageReference image) {
        return asked(Call.FIND_IMAGE, () -> Optional.ofNullable(images.get(image.normalised())));
    }

    @Override
    public Pull pull(ImageReference image) {
        return asked(Call.PULL, () -> {
            journal.add("pull " + image);
            return new FakePull(image);
        });
    }

    @Override
    public CreateResult create(ContainerPlan plan) {
        return asked(Call.CREATE, () -> {
            journal.add("create " + plan.name());
            if (!images.containsKey(plan.image().normalised())) {
                return new CreateResult.NoSuchImage("No such image: " + plan.image());
            }
            if (find(plan.name().value()).isPresent()) {
                return new CreateResult.NameTaken();
            }
            ContainerId id = new ContainerId(HexFormat.of().toHexDigits(++created, 12) + "0".repeat(52));
            containers.put(id, new FakeContainer(this, id, plan));
            return new CreateResult.Created(id);
        });
    }

    @Override
    public StartResult start(ContainerId id) {
        Optional<FakeContainer> container = get(id);
        journal.add("start " + container.map(c -> c.plan().name().value()).orElse(id.value()));
        Mishap mishap = nextMishap(Call.START);
        if (mishap == Mishap.UNAVAILABLE || mishap == Mishap.REFUSED) {
            throw raise(Call.START, mishap);
        }
        StartResult result = container.map(this::startOf).orElseGet(StartResult.Absent::new);
        if (mishap == Mishap.ANSWER_LOST) {
            throw raise(Call.START, mishap);
        }
        return result;
    }

    private StartResult startOf(FakeContainer container) {
        boolean ran = container.isRunning();
        Optional<String> fault;
        Consumer<FakeContainer> behaviour;
        synchronized (this) {
            fault = startFault;
            startFault = Optional.empty();
            behaviour = program;
        }
        if (fault.isPresent()) {
            return container.cannotStart(fault.orElseThrow());
        }
        StartResult result = container.start();
        if (!ran) {
            behaviour.accept(container);
        }
        return result;
    }

    @Override
    public Optional<ContainerState> inspect(ContainerId container) {
        return asked(Call.INSPECT, () -> get(container).map(FakeContainer::state));
    }

    @Override
    public Optional<ContainerState> inspect(ContainerName container) {
        return asked(Call.INSPECT, () -> find(container.value()).map(FakeContainer::state));
    }

    @Override
    public synchronized void awaitExit(ContainerId id, Duration atMost) {
        if (nextMishap(Call.AWAIT_EXIT) != null) {
            return;
        }
        waitWhile(
                this,
                atMost,
                () -> !down && get(id).map(FakeContainer::isRunning).orElse(false));
    }

    @Override
    public void signal(ContainerId id, String signal) {
        Optional<FakeContainer> container = asked(Call.SIGNAL, () -> get(id));
        container.ifPresent(c -> {
            journal.add("signal " + signal + " " + c.plan().name());
            c.signal(signal);
        });
    }

    @Override
    public RemoveResult removeUnstarted(ContainerId id) {
        return asked(Call.REMOVE_UNSTARTED, () -> {
            Optional<FakeContainer> container = get(id);
            journal.add("remove-unstarted " + id);
            if (container.isEmpty()) {
                return RemoveResult.ABSENT;
            }
            if (container.orElseThrow().isRunning()) {
                return RemoveResult.STARTED;
            }
            containers.remove(id);
            return container.orElseThrow().starts() > 0 ? RemoveResult.ABSENT : RemoveResult.REMOVED;
        });
    }

    @Override
    public void remove(ContainerId id) {
        Optional<FakeContainer> container = asked(Call.REMOVE, () -> Optional.ofNullable(containers.remove(id)));
        container.ifPresent(c -> {
            journal.add("remove " + c.plan().name());
            c.signal("KILL");
            c.endFeeds();
        });
    }

    @Override
    public OutputFeed attach(ContainerId id, OutputSink sink) {
        return asked(Call.ATTACH, () -> existing(id).attach(sink));
    }

    @Override
    public OutputFeed readLog(ContainerId id, Follow follow, OutputSink sink) {
        FakeContainer container = asked(Call.READ_LOG, () -> existing(id));
        return container.readLog(follow, sink);
    }

    @Override
    public Optional<String> findExecFault(ContainerId id) {
        return asked(Call.FIND_EXEC_FAULT, () -> get(id).flatMap(FakeContainer::execFault));
    }

    @Override
    public List<ContainerSummary> list(Map<String, String> labels) {
        return asked(
                Call.LIST,
                () -> containers().stream()
                        .filter(c -> c.plan().labels().entrySet().containsAll(labels.entrySet()))
                        .map(FakeContainer::summary)
                        .toList());
    }

    @Override
    public List<ContainerEvent> eventsOf(ContainerId id, Instant since) {
        return asked(
                Call.EVENTS,
                () -> get(id).map(FakeContainer::events).orElse(List.of()).stream()
                        .filter(event -> !event.at().isBefore(since))
                        .toList());
    }

    // How it is done

    synchronized Instant tick() {
        now = now.plusMillis(1);
        return now;
    }

    private synchronized Optional<FakeContainer> get(ContainerId id) {
        return Optional.ofNullable(containers.get(id));
    }

    private FakeContainer existing(ContainerId id) {
        return get(id).orElseThrow(() -> new EngineRefused("No such container: " + id));
    }

    private synchronized FakeEngine mishap(Call call, Mishap mishap) {
        mishaps.computeIfAbsent(call, c -> new ArrayDeque<>()).add(mishap);
        return this;
    }

    private synchronized @Nullable Mishap nextMishap(Call call) {
        return down
                ? Mishap.UNAVAILABLE
                : mishaps.getOrDefault(call, new ArrayDeque<>()).poll();
    }

    private synchronized <T> T asked(Call call, Supplier<T> work) {
        Mishap mishap = nextMishap(call);
        if (mishap == Mishap.UNAVAILABLE || mishap == Mishap.REFUSED) {
            throw raise(call, mishap);
        }
        T answer = work.get();
        if (mishap == Mishap.ANSWER_LOST) {
            throw raise(call, mishap);
        }
        return answer;
    }

    private static RuntimeException raise(Call call, Mishap mishap) {
        return mishap == Mishap.REFUSED
                ? new EngineRefused(call + " was refused")
                : new EngineUnavailable(call + " got no answer");
    }

    private static ImageFacts factsOf(String image) {
        String hex = HexFormat.of()
                .toHexDigits(new ImageReference(image).normalised().hashCode(), 8);
        return new ImageFacts("sha256:" + hex.repeat(8), Optional.of("sha256:" + hex.repeat(8)));
    }

    /** Waits on a monitor that the caller holds, while something is so. */
    static void waitWhile(Object monitor, Duration atMost, BooleanSupplier condition) {
        long until = System.nanoTime() + atMost.toNanos();
        long left = atMost.toMillis() + 1;
        try {
            while (left > 0 && condition.getAsBoolean()) {
                monitor.wait(left);
                left = Duration.ofNanos(until - System.nanoTime()).toMillis();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class FakePull implements Pull {

        private final ImageReference image;
        private boolean closed;

        FakePull(ImageReference image) {
            this.image = image;
        }

        @Override
        public Optional<PullResult> await(Duration atMost) {
            synchronized (FakeEngine.this) {
                waitWhile(FakeEngine.this, atMost, () -> pullsHang && !closed && !down);
                if (down) {
                    throw new EngineUnavailable("the engine went away during a pull");
                }
                return pullsHang || closed ? Optional.empty() : Optional.of(result());
            }
        }

        private PullResult result() {
            PullResult result = registry.getOrDefault(
                    image.normalised(), new PullResult.NoSuchImage("manifest for " + image + " not found"));
            if (result instanceof PullResult.Pulled pulled) {
                images.put(image.normalised(), pulled.image());
            }
            return result;
        }

        @Override
        public void close() {
            synchronized (FakeEngine.this) {
                closed = true;
                FakeEngine.this.notifyAll();
            }
        }
    }
}
