package io.gantry.access.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's public keys, found by OpenID Connect Discovery 1.0. They are asked for when they are old or a token names
 * one that isn't among them, at most once a minute whatever comes of it; while the issuer is away, those that it gave last
 * are good. Tokens name no key source of their own: what they say of {@code jku}, {@code x5u} or {@code jwk} isn't read.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration AT_MOST_EVERY = Duration.ofMinutes(1);
    private static final Duration OLD = Duration.ofMinutes(15);

    private final String issuer;
    private final InstantSource clock;
    private final IssuerDocuments documents = new IssuerDocuments();
    private final ObjectMapper json = new ObjectMapper();
    private final ReentrantLock asking = new ReentrantLock();

    private volatile Known known = new Known(new JWKSet(), Instant.EPOCH, Instant.EPOCH);

    IssuerKeys(String issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * What is known.
     *
     * @param givenAt when the issuer gave the keys
     * @param askedAt when it was asked last, in vain too
     */
    private record Known(JWKSet keys, Instant givenAt, Instant askedAt) {}

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
        Known now = known;
        if (clock.instant().isAfter(now.givenAt().plus(OLD))) {
            now = refresh();
        }
        List<JWK> found = selector.select(now.keys());
        return found.isEmpty() ? selector.select(refresh().keys()) : found;
    }

    /** Asks the issuer, unless it was asked within the last minute; who has keys doesn't wait for another who asks. */
    private Known refresh() {
        if (!isDue() || !begin()) {
            return known;
        }
        try {
            if (isDue()) {
                known = ask(known, clock.instant());
            }
            return known;
        } finally {
            asking.unlock();
        }
    }

    private boolean begin() {
        if (!known.keys().isEmpty()) {
            return asking.tryLock();
        }
        asking.lock();
        return true;
    }

    private boolean isDue() {
        return !clock.instant().isBefore(known.askedAt().plus(AT_MOST_EVERY));
    }

    private Known ask(Known before, Instant now) {
        try {
            JWKSet keys = JWKSet.parse(documents.read(keysUrl())).toPublicJWKSet();
            return new Known(keys, now, now);
        } catch (IOException | ParseException | RuntimeException e) {
            LOG.warn("the keys of {} can't be had, those known before stay good: {}", issuer, e.toString());
            return new Known(before.keys(), before.givenAt(), now);
        }
    }

    private URI keysUrl() throws IOException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode metadata = json.readTree(documents.read(URI.create(base + "/.well-known/openid-configuration")));
        if (!issuer.equals(metadata.path("issuer").asText())) {
            throw new IOException("its discovery document is another issuer's");
        }
        return Optional.of(metadata.path("jwks_uri").asText())
                .flatMap(OidcConfiguration::url)
                .filter(OidcConfiguration::isSafe)
                .orElseThrow(() -> new IOException("its jwks_uri isn't an https URL"));
    }
}
