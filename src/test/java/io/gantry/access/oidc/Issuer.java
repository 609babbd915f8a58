package io.gantry.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** An OpenID Connect issuer on loopback, with a key pair of its own. */
public final class Issuer implements AutoCloseable {

    public static final String AUDIENCE = "gantry";

    /** One for all, since making one takes a second. */
    private static final RSAKey KEY = newKey("key-1");

    private final HttpServer server;
    private final RSAKey key;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger documentsAsked = new AtomicInteger();
    private volatile RSAKey shown;
    private volatile boolean away;
    private volatile boolean dripping;
    private volatile Optional<String> elsewhere = Optional.empty();

    public Issuer() {
        try {
            key = KEY;
            shown = key;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> {
            documentsAsked.incrementAndGet();
            if (elsewhere.isPresent()) {
                exchange.getResponseHeaders().set("Location", elsewhere.get() + exchange.getRequestURI());
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
                return;
            }
            answer(exchange, "{\"issuer\": \"" + url() + "\", \"jwks_uri\": \"" + url() + "/keys\"}");
        });
        server.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            answer(exchange, new JWKSet(shown.toPublicJWK()).toString());
        });
        server.start();
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(away ? 503 : 200, bytes.length);
        for (int i = 0; dripping && i < bytes.length - 1; i++) {
            exchange.getResponseBody().write(bytes, i, 1);
            exchange.getResponseBody().flush();
            pause();
        }
        exchange.getResponseBody().write(bytes, dripping ? bytes.length - 1 : 0, dripping ? 1 : bytes.length);
        exchange.close();
    }

    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    RSAKey key() {
        return key;
    }

    /** How often its keys were asked for. */
    int asked() {
        return asked.get();
    }

    /** How often its discovery document was asked for. */
    int documentsAsked() {
        return documentsAsked.get();
    }

    void goAway(boolean gone) {
        away = gone;
    }

    /** From now on five bytes a second are all that it says. */
    void drip() {
        dripping = true;
    }

    /** Its discovery document is said to be at another place. */
    void moveTo(String url) {
        elsewhere = Optional.of(url);
    }

    void show(RSAKey other) {
        shown = other;
    }

    /** A token that is valid for an hour, with changes. */
    public String token(String subject, List<String> roles) {
        return token(claims -> claims.subject(subject).claim("roles", roles));
    }

    String token(UnaryOperator<JWTClaimsSet.Builder> changes) {
        return signed(header(), changes.apply(claims()).build(), key);
    }

    /** Its subject ends with the first half of a surrogate pair, which JSON can say. */
    String tokenOfHalfACharacter() {
        String claims = claims().build().toString().replace("alice", "alice\\ud800");
        try {
            JWSObject token = new JWSObject(header(), new Payload(claims));
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    JWSHeader header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID(key.getKeyID())
                .type(new JOSEObjectType("at+jwt"))
                .build();
    }

    JWTClaimsSet.Builder claims() {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .audience(AUDIENCE)
                .subject("alice")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(1))))
                .claim("roles", List.of("viewer"));
    }

    static String signed(JWSHeader header, JWTClaimsSet claims, RSAKey by) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new RSASSASigner(by));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
