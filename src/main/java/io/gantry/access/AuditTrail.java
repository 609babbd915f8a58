package io.gantry.access;

import java.util.Optional;

/** Where deeds are noted. What changed something is noted by whoever changes it, in the same transaction; the rest here. */
public interface AuditTrail {

    /**
     * Notes a deed that changed nothing.
     *
     * @param object the path that it was tried on
     * @param code why it was refused, if it was
     */
    void note(Deed deed, String object, int status, Optional<String> code);
}
