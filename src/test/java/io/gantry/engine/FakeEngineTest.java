package io.gantry.engine;

/** The engine in memory keeps the contract, with programs that stand for the contract's shell lines. */
class FakeEngineTest extends ContainerEngineContract {

    private final FakeEngine engine = new FakeEngine().onStart(FakeEngineTest::program);

    @Override
    protected ContainerEngine engine() {
        return engine;
    }

    private static void program(FakeContainer container) {
        String line = container.argv().get(container.argv().size() - 1);
        switch (line) {
            case HELLO -> container.writes("hello\n").exits(0);
            case BOTH_STREAMS -> container.writes("out\n").writesError("err\n").exits(3);
            case FOREVER -> container.writes("up\n");
            case DEAF -> container.ignoresTerm().writes("deaf\n");
            case NOT_FOUND_OF_ITS_OWN -> container.writes("trying\n").exits(127);
            default -> container.isNotExecutable();
        }
    }
}
