package io.gantry.node;

/** Another process goes on using the configured node name. */
public final class NodeNameTaken extends RuntimeException {

    NodeNameTaken(String name) {
        super("Another process that uses this database is called \"" + name
                + "\" too. Stop it, or give this one a name of its own with GANTRY_NODE.");
    }
}
