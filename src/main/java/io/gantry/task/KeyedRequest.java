package io.gantry.task;

import io.gantry.access.Caller;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A request that a client may send again under the same idempotency key.
 *
 * @param caller whose key it is; empty where nobody was asked who he is
 * @param route the method and path that the key belongs to
 * @param bodyHash hexadecimal; tells whether it is the same request
 */
public record KeyedRequest(String caller, String route, String key, String bodyHash) {

    public static KeyedRequest of(Caller caller, String route, String key, byte[] body) {
        return new KeyedRequest(
                caller.name().orElse(""), route, key, HexFormat.of().formatHex(sha256(body)));
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
