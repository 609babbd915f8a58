package io.gantry.task;

import io.gantry.jsonapi.FirstAnswer;
import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * First answers to requests with an idempotency key. Read and written in the transaction that does what the request asks,
 * under the ledger's lock, so that of two equal requests at once only one does it.
 */
public final class AnswerStore {

    /** How long an answer is kept. */
    public static final Duration LIFETIME = Duration.ofHours(24);

    /** What came of a request; nothing new when the answer is an old one. */
    public record Answered<T>(FirstAnswer answer, Optional<T> created) {}

    /** Gives the first answer to the same request, or does what it asks and keeps the answer if it has a key. */
    public <T> Answered<T> once(Handle handle, Optional<KeyedRequest> request, Supplier<Answered<T>> work) {
        Optional<FirstAnswer> first = request.flatMap(keyed -> find(handle, keyed));
        if (first.isPresent()) {
            return new Answered<>(first.get(), Optional.empty());
        }
        Answered<T> fresh = work.get();
        request.ifPresent(keyed -> insert(handle, keyed, fresh.answer()));
        return fresh;
    }

    /** The first answer to the same request. Throws {@code idempotency-conflict} if the key was used for another one. */
    Optional<FirstAnswer> find(Handle handle, KeyedRequest request) {
        return handle.createQuery("""
                        select request_hash, status, location, tag, body from idempotency_keys
                        where caller = :caller and route = :route and key = :key
                            and created_at > clock_timestamp() - make_interval(secs => :seconds)""")
                .bind("caller", request.caller())
                .bind("route", request.route())
                .bind("key", request.key())
                .bind("seconds", LIFETIME.toSeconds())
                .map((row, context) -> {
                    checkSame(request, HexFormat.of().formatHex(row.getBytes("request_hash")));
                    return new FirstAnswer(
                            row.getInt("status"),
                            row.getString("location"),
                            row.getString("tag"),
                            new String(row.getBytes("body"), StandardCharsets.UTF_8));
                })
                .findOne();
    }

    /** Keeps the answer for a key that {@link #find} has none for. */
    void insert(Handle handle, KeyedRequest request, FirstAnswer answer) {
        handle.createUpdate("""
                        insert into idempotency_keys (caller, route, key, request_hash, status, location, tag, body)
                        values (:caller, :route, :key, :hash, :status, :location, :tag, :body)
                        on conflict (caller, route, key) do update set request_hash = excluded.request_hash,
                            status = excluded.status, location = excluded.location, tag = excluded.tag, body = excluded.body,
                            created_at = excluded.created_at""")
                .bind("caller", request.caller())
                .bind("route", request.route())
                .bind("key", request.key())
                .bind("hash", HexFormat.of().parseHex(request.bodyHash()))
                .bind("status", answer.status())
                .bind("location", answer.location())
                .bind("tag", answer.tag())
                .bind("body", answer.body().getBytes(StandardCharsets.UTF_8))
                .execute();
    }

    /** Forgets what has expired; for whoever clears up now and then. Returns how many answers. */
    public int deleteExpired(Handle handle) {
        return handle.createUpdate("""
                        delete from idempotency_keys
                        where created_at <= clock_timestamp() - make_interval(secs => :seconds)""").bind("seconds", LIFETIME.toSeconds()).execute();
    }

    private static void checkSame(KeyedRequest request, String hash) {
        if (!hash.equals(request.bodyHash())) {
            throw Problem.of(
                            TaskProblem.IDEMPOTENCY_CONFLICT,
                            "This Idempotency-Key came with another body before; a new request needs a new key.")
                    .at(Place.header("Idempotency-Key"))
                    .asException();
        }
    }
}
