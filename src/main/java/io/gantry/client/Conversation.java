package io.gantry.client;

import java.util.Optional;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;

/**
 * What is going on over one HTTP/1.1 connection, as far as its counters tell: Jetty counts a request when its head is
 * complete, an answer when its head is sent, and bytes of an answer when they are handed over to be written. Looked at by one
 * thread, again and again.
 */
final class Conversation {

    private final Connection connection;
    private final Spell head = new Spell();
    private final Spell body = new Spell();
    private final Spell answer = new Spell();

    private long requests;
    private long answered;
    private long received;
    private long handedOver;

    /** A client that has connected owes the head of a request. */
    Conversation(Connection connection, long now) {
        this.connection = connection;
        head.begin(now);
    }

    /** Looks, and tells which part the client has been busy with for longer than it may. */
    Optional<Part> overdue(ClientsConfiguration limits, long now) {
        boolean wasUnanswered = answered < requests;
        boolean next = connection.getMessagesIn() != requests;
        requests = connection.getMessagesIn();
        answered = connection.getMessagesOut();
        if (next || wasUnanswered) {
            received = connection.getBytesIn();
        }
        lookAtHead(next, now);
        lookAtBody(next, now);
        lookAtAnswer(now);
        if (head.lasts(limits.time(Part.HEAD), now)) {
            return Optional.of(Part.HEAD);
        }
        if (waitsForBytes() && body.lasts(limits.time(Part.BODY), now)) {
            return Optional.of(Part.BODY);
        }
        return answer.lasts(limits.time(Part.ANSWER), now) ? Optional.of(Part.ANSWER) : Optional.empty();
    }

    /** The first byte after all that belongs to earlier requests begins another one. */
    private void lookAtHead(boolean next, long now) {
        if (next) {
            head.end();
        }
        if (answered >= requests && connection.getBytesIn() > received) {
            head.begin(now);
        }
    }

    /** While a request is worked at, only who reads its body waits for bytes; one that waits for something else doesn't. */
    private void lookAtBody(boolean next, long now) {
        if (next || answered >= requests) {
            body.end();
        } else if (waitsForBytes()) {
            body.begin(now);
        }
    }

    private void lookAtAnswer(long now) {
        long before = handedOver;
        handedOver = connection.getBytesOut();
        if (handedOver != before || !hasUnreadBytes()) {
            answer.end();
        }
        if (hasUnreadBytes()) {
            answer.begin(now);
        }
    }

    private boolean waitsForBytes() {
        return answered < requests && connection.getEndPoint().isFillInterested();
    }

    private boolean hasUnreadBytes() {
        return connection.getEndPoint() instanceof AbstractEndPoint endPoint
                && endPoint.getWriteFlusher().isPending();
    }
}
