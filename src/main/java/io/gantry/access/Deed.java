package io.gantry.access;

import io.gantry.jsonapi.Call;
import io.gantry.jsonapi.Sender;
import java.util.concurrent.atomic.AtomicBoolean;

/** One call that changes something, or tries to: what the audit trail says of it. */
public final class Deed {

    private final Sender sender;
    private final String action;
    private final Caller caller;
    private final AtomicBoolean recorded = new AtomicBoolean();

    /** @param action the operation's name in the API's description */
    public Deed(Sender sender, String action, Caller caller) {
        this.sender = sender;
        this.action = action;
        this.caller = caller;
    }

    /** One of somebody who hasn't said who he is. */
    static Deed byStranger(Sender sender, String action) {
        return new Deed(sender, action, Caller.stranger(sender.address()));
    }

    /** The one that this call is. */
    public static Deed of(Call call) {
        return call.carried(Deed.class);
    }

    public Caller caller() {
        return caller;
    }

    public String action() {
        return action;
    }

    public String address() {
        return sender.address();
    }

    public String requestId() {
        return sender.requestId();
    }

    /** Whose tasks may be changed by it. */
    public Scope scope() {
        return caller.scope(Right.CHANGE);
    }

    /** It stands in the trail now, or needn't. */
    public void close() {
        recorded.set(true);
    }

    boolean isClosed() {
        return recorded.get();
    }
}
