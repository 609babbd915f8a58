package io.gantry.database;

import io.gantry.problem.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whom Postgres runs as, since it refuses root: whoever we are, or as root the same user without its powers in a user
 * namespace of its own, or, where namespaces are refused (as in most containers), {@code nobody}.
 *
 * @param prefix what comes before each command
 * @param uid who must own Postgres's files; absent leaves them to us
 */
record UnprivilegedUser(List<String> prefix, Optional<Integer> uid) {

    private static final int NOBODY = 65534;

    static final UnprivilegedUser SELF = new UnprivilegedUser(List.of(), Optional.empty());

    static final UnprivilegedUser NAMESPACE = new UnprivilegedUser(List.of("unshare", "-U"), Optional.empty());

    static final UnprivilegedUser OTHER = new UnprivilegedUser(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"), Optional.of(NOBODY));

    /** The one that fits this process and a data folder that may be there already. */
    static UnprivilegedUser forData(Path data) throws IOException {
        if (FileTrees.owner(Path.of("/proc/self")) != 0) {
            return SELF;
        }
        boolean nobodys = Files.exists(data) && FileTrees.owner(data) == NOBODY;
        return !nobodys && NAMESPACE.canRun("true") ? NAMESPACE : OTHER;
    }

    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Lets Postgres own a file or folder. */
    void own(Path path) throws IOException {
        if (uid.isPresent()) {
            FileTrees.give(path, uid.get());
        }
    }

    /** Refuses a folder that Postgres couldn't get into. */
    void requireAccessTo(Path folder) throws IOException {
        if (uid.isPresent() && !canRun("test", "-x", folder.toString())) {
            throw new CannotStart("Postgres refuses to run as root, and the user id " + NOBODY
                    + ", which it runs as instead, may not enter " + folder
                    + ". Run Gantry as another user than root, or choose a folder below one that everybody may enter"
                    + " with GANTRY_DATA_DIR.");
        }
    }

    private boolean canRun(String... program) {
        try {
            return new ProcessBuilder(command(List.of(program)))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
