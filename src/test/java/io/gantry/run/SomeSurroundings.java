package io.gantry.run;

import java.util.List;

/** Two slots and these nodes. */
public record SomeSurroundings(List<NodeState> nodes) implements Surroundings {

    /** Where nobody has anything to say. */
    public static Surroundings quiet() {
        return new SomeSurroundings(List.of());
    }

    @Override
    public int slots() {
        return 2;
    }
}
