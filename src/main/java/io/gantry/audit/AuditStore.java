package io.gantry.audit;

import com.github.f4b6a3.uuid.UuidCreator;
import io.gantry.access.AuditTrail;
import io.gantry.access.Deed;
import io.gantry.access.Role;
import io.gantry.database.Database;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit trail in the database. */
public final class AuditStore implements AuditTrail {

    private static final Logger LOG = LoggerFactory.getLogger(AuditStore.class);
    private static final int UNAVAILABLE = 503;

    /** In code points: an index takes less than 2704 bytes, and a path may have 8 KiB. */
    private static final int LONGEST_OBJECT = 500;

    private final Database database;

    public AuditStore(Database database) {
        this.database = database;
    }

    /**
     * Notes a deed in the transaction that does it.
     *
     * @param object the path of what is changed
     * @param status of the answer that the caller gets after the commit
     */
    public static void record(Handle handle, Deed deed, String object, int status) {
        insert(handle, deed, object, status, Optional.empty());
        handle.afterCommit(deed::close);
    }

    @Override
    public void note(Deed deed, String object, int status, Optional<String> code) {
        try {
            if (status != UNAVAILABLE) {
                database.useTransaction(handle -> insert(handle, deed, object, status, code));
                return;
            }
        } catch (RuntimeException e) {
            LOG.warn("an audit entry can't be stored: {}", e.toString());
        }
        LOG.warn(
                "not in the audit trail: request {} of {} from {}: {} {}, answered {}",
                deed.requestId(),
                deed.caller().label(),
                deed.address(),
                deed.action(),
                object,
                status);
    }

    private static void insert(Handle handle, Deed deed, String object, int status, Optional<String> code) {
        handle.createUpdate("""
                        insert into audit_entries (id, caller, roles, address, action, object, status, code, request_id)
                        values (:id, :caller, :roles, :address, :action, :object, :status, :code, :request)""")
                .bind("id", UuidCreator.getTimeOrderedEpoch())
                .bind("caller", deed.caller().name().orElse(null))
                .bindArray(
                        "roles",
                        String.class,
                        deed.caller().roles().stream().map(Role::word).sorted().toList())
                .bind("address", deed.address())
                .bind("action", deed.action())
                .bind("object", shortened(storable(object)))
                .bind("status", status)
                .bind("code", code.orElse(null))
                .bind("request", deed.requestId())
                .execute();
    }

    /** Without what Postgres' text can't hold, with a question mark in its place. */
    private static String storable(String object) {
        return new String(object.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '?');
    }

    /** Whoever names something that is too long to be there must stand in the trail all the same. */
    private static String shortened(String object) {
        return object.codePointCount(0, object.length()) <= LONGEST_OBJECT
                ? object
                : object.substring(0, object.offsetByCodePoints(0, LONGEST_OBJECT - 1)) + "\u2026";
    }
}
