package io.gantry.engine;

import io.gantry.engine.FakeMishaps.Mishap;
import java.time.Duration;
import java.time.Instant;
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

/**
 * A container engine in memory, scripted by a test: what each container does once started, which images there are, and
 * which calls fail. Deterministic: its clock moves by one millisecond at each thing that happens.
 */
public final class FakeEngine implements ContainerEngine {

    /** The calls of the port, to name one that is to fail. */
    public enum Call {
        IDENTIFY,
        NOW,
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

    public static final Instant START_OF_TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<ContainerId, FakeContainer> containers = new LinkedHashMap<>();
    private final Map<String, ImageFacts> images = new HashMap<>();
    private final Map<String, PullResult> registry = new HashMap<>();
    private final List<FakeContainer> everMade = new CopyOnWriteArrayList<>();
    private final FakeMishaps mishaps = new FakeMishaps();
    private final List<String> journal = new CopyOnWriteArrayList<>();
    private Consumer<FakeContainer> program = container -> container.exits(0);
    private Optional<StartError> startError = Optional.empty();
    private Optional<FakeContainer> lateStart = Optional.empty();
    private Instant now = START_OF_TIME;
    private String engineId = "FAKE";
    private int created;
    private boolean pullsHang;
    private boolean pullsBreak;
    private PullProgress progress = PullProgress.NONE;

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

    /** The name leads to another image that it has; the one that had the name is still there, without it. */
    public synchronized FakeEngine moveName(String name, String image) {
        ImageFacts other = images.get(new ImageReference(image).normalised());
        ImageFacts before = images.put(new ImageReference(name).normalised(), other);
        images.put(before.id(), before);
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

    /** Pulls begin, and the engine goes away in the middle. */
    public synchronized FakeEngine pullsBreak() {
        pullsBreak = true;
        return this;
    }

    /** Pulls that hang go on, and end as they would have; others break no more. */
    public synchronized FakeEngine pullsGoOn() {
        pullsHang = false;
        pullsBreak = false;
        notifyAll();
        return this;
    }

    /** How far all pulls are. */
    public synchronized FakeEngine pullsAreAt(PullProgress value) {
        progress = value;
        return this;
    }

    /** The next start makes no process, by the command's own fault, with these words. */
    public FakeEngine nextStartFails(String detail) {
        return nextStartFails(new StartError(StartError.Fault.COMMAND, detail));
    }

    /** The next start makes no process; one that is the engine's fault is refused. */
    public synchronized FakeEngine nextStartFails(StartError error) {
        startError = Optional.of(error);
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

    /** The next start request gets no answer, and doesn't arrive before {@link #deliverStart}. */
    public FakeEngine delayNextStart() {
        return mishap(Call.START, Mishap.LATE);
    }

    /** The start request that was delayed arrives now, and is served if its container is still there. */
    public void deliverStart() {
        lateStart.filter(c -> get(c.id()).isPresent()).ifPresent(this::startOf);
    }

    /** Just before the next such call something else happens, on the caller's thread. May be said several times. */
    public FakeEngine beforeNext(Call call, Runnable event) {
        mishaps.next(call, event);
        return this;
    }

    /** No call reaches it any more and every feed ends; the containers go on. */
    public void goDown() {
        List<FakeContainer> all;
        synchronized (this) {
            mishaps.allFail(true);
            all = List.copyOf(containers.values());
            notifyAll();
        }
        all.forEach(FakeContainer::endFeeds);
    }

    public synchronized void comeUp() {
        mishaps.allFail(false);
        notifyAll();
    }

    /** Comes up as an engine without live-restore: what ran was killed by it, and the events from before are forgotten. */
    public void restart() {
        goDown();
        for (FakeContainer container : containers()) {
            container.signal("KILL");
            container.isForgotten();
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

    /** All containers that were ever made, the removed ones too, oldest first. */
    public List<FakeContainer> everMade() {
        return List.copyOf(everMade);
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

    /** Whether this was asked of it while it was down. */
    public boolean wasAskedInVain(Call call) {
        return mishaps.wasVain(call);
    }

    // The port

    @Override
    public Instant now() {
        return asked(Call.NOW, this::tick);
    }

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
            if (!has(plan.image())) {
                return new CreateResult.NoSuchImage("No such image: " + plan.image());
            }
            if (find(plan.name().value()).isPresent()) {
                return new CreateResult.NameTaken();
            }
            ContainerId id = new ContainerId(HexFormat.of().toHexDigits(++created, 12) + "0".repeat(52));
            FakeContainer container = new FakeContainer(this, id, plan);
            containers.put(id, container);
            everMade.add(container);
            return new CreateResult.Created(id);
        });
    }

    private boolean has(String idOrName) {
        return images.containsKey(idOrName)
                || images.values().stream().anyMatch(image -> image.id().equals(idOrName));
    }

    @Override
    public StartResult start(ContainerId id) {
        Optional<Mishap> mishap = mishaps.meet(Call.START);
        Optional<FakeContainer> container = get(id);
        journal.add("start " + container.map(c -> c.plan().name().value()).orElse(id.value()));
        container.ifPresent(FakeContainer::requested);
        if (mishap.filter(Mishap.LATE::equals).isPresent()) {
            lateStart = container;
        }
        mishap.filter(Mishap::preventsIt).ifPresent(m -> raise(Call.START, m));
        StartResult result = container.map(this::startOf).orElseGet(StartResult.Absent::new);
        mishap.ifPresent(m -> raise(Call.START, m));
        return result;
    }

    StartResult startOf(FakeContainer container) {
        boolean ran = container.isRunning();
        Optional<StartError> fault;
        Consumer<FakeContainer> behaviour;
        synchronized (this) {
            fault = startError;
            startError = Optional.empty();
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
    public void awaitExit(ContainerId id, Duration atMost) {
        if (mishaps.meet(Call.AWAIT_EXIT).isPresent()) {
            return;
        }
        synchronized (this) {
            waitWhile(
                    this,
                    atMost,
                    () -> !mishaps.doAllFail()
                            && get(id).map(FakeContainer::isRunning).orElse(false));
        }
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
    public List<ContainerEvent> eventsOf(ContainerId id, Instant since, Instant until) {
        return asked(
                Call.EVENTS,
                () -> get(id).map(FakeContainer::events).orElse(List.of()).stream()
                        .filter(event ->
                                !event.at().isBefore(since) && event.at().isBefore(until))
                        .toList());
    }

    /** It forgets nothing but at a {@link #restart}. */
    @Override
    public void keepEvents(Map<String, String> labels) {}

    /** Its clock goes on by so much. */
    public synchronized void passes(Duration span) {
        now = now.plus(span);
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

    private FakeEngine mishap(Call call, Mishap mishap) {
        mishaps.next(call, mishap);
        return this;
    }

    private <T> T asked(Call call, Supplier<T> work) {
        Optional<Mishap> mishap = mishaps.meet(call);
        mishap.filter(Mishap::preventsIt).ifPresent(m -> raise(call, m));
        T answer;
        synchronized (this) {
            answer = work.get();
        }
        mishap.ifPresent(m -> raise(call, m));
        return answer;
    }

    private static void raise(Call call, Mishap mishap) {
        throw mishap.at(call);
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
                waitWhile(FakeEngine.this, atMost, () -> pullsHang && !closed && !mishaps.doAllFail());
                if (mishaps.doAllFail() || pullsBreak) {
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
        public PullProgress progress() {
            synchronized (FakeEngine.this) {
                return progress;
            }
        }

        @Override
        public void close() {
            synchronized (FakeEngine.this) {
                if (pullsHang && !closed) {
                    journal.add("give up " + image);
                }
                closed = true;
                FakeEngine.this.notifyAll();
            }
        }
    }
}
