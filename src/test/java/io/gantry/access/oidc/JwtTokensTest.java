package io.gantry.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.gantry.access.Identity;
import io.gantry.access.Role;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class JwtTokensTest {

    private final Issuer issuer = new Issuer();
    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    private final JwtTokens tokens = new JwtTokens(
            new OidcConfiguration(issuer.url(), Issuer.AUDIENCE, null, null),
            () -> Instant.now().plus(later.get()));

    @AfterEach
    void closeIssuer() {
        issuer.close();
    }

    @Test
    void a_token_of_the_issuer_stands_for_its_subject_and_roles() {
        Optional<Identity> identity =
                tokens.identify(issuer.token(claims -> claims.claim("roles", List.of("viewer", "submitter", "other"))));

        assertThat(identity).hasValueSatisfying(it -> {
            assertThat(it.name()).isEqualTo("alice");
            assertThat(it.roles()).containsExactlyInAnyOrder(Role.VIEWER, Role.SUBMITTER);
        });
    }

    @Test
    void a_role_may_be_a_single_word_and_without_one_there_is_none() {
        assertThat(roles(claims -> claims.claim("roles", "admin"))).containsExactly(Role.ADMIN);
        assertThat(roles(claims -> claims.claim("roles", null))).isEmpty();
        assertThat(roles(claims -> claims.claim("roles", 7))).isEmpty();
        assertThat(roles(claims -> claims.claim("roles", List.of("ADMIN", "root"))))
                .isEmpty();
    }

    private List<Role> roles(UnaryOperator<JWTClaimsSet.Builder> changes) {
        return List.copyOf(tokens.identify(issuer.token(changes)).orElseThrow().roles());
    }

    @Nested
    class Refused {

        @Test
        void is_one_without_a_signature() {
            String none = new PlainJWT(issuer.claims().build()).serialize();

            assertThat(tokens.identify(none)).isEmpty();
            assertThat(tokens.identify(none + "AAAA")).isEmpty();
        }

        @Test
        void is_one_signed_with_the_public_key_as_a_secret() throws JOSEException {
            byte[] secret = issuer.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
            for (byte[] key : List.of(secret, issuer.key().toRSAPublicKey().getEncoded())) {
                SignedJWT confused = new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("key-1").build(),
                        issuer.claims().build());
                confused.sign(new MACSigner(key));

                assertThat(tokens.identify(confused.serialize())).isEmpty();
            }
        }

        @Test
        void is_one_signed_by_an_algorithm_that_is_not_listed() {
            JWSHeader header =
                    new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("key-1").build();

            assertThat(tokens.identify(Issuer.signed(header, issuer.claims().build(), issuer.key())))
                    .isEmpty();
        }

        @Test
        void is_one_of_another_key_even_if_it_brings_that_key_along() {
            RSAKey foreign = Issuer.newKey("key-1");
            JWSHeader bare = issuer.header();
            JWSHeader withKey =
                    new JWSHeader.Builder(bare).jwk(foreign.toPublicJWK()).build();
            JWSHeader withUrl = new JWSHeader.Builder(bare)
                    .jwkURL(URI.create(issuer.url() + "/mine"))
                    .build();

            for (JWSHeader header : List.of(bare, withKey, withUrl)) {
                assertThat(tokens.identify(Issuer.signed(header, issuer.claims().build(), foreign)))
                        .isEmpty();
            }
        }

        @Test
        void is_one_whose_issuer_or_audience_is_not_exactly_ours() {
            assertThat(with(claims -> claims.issuer(issuer.url() + "/"))).isEmpty();
            assertThat(with(claims -> claims.issuer(null))).isEmpty();
            assertThat(with(claims -> claims.audience("gantry2"))).isEmpty();
            assertThat(with(claims -> claims.audience(List.of()))).isEmpty();
            assertThat(with(claims -> claims.audience(List.of("other", Issuer.AUDIENCE))))
                    .isPresent();
        }

        @Test
        void is_one_whose_time_is_over_or_to_come_with_60_seconds_for_clocks() {
            Instant now = Instant.now();
            assertThat(with(claims -> claims.expirationTime(Date.from(now.minusSeconds(50)))))
                    .isPresent();
            assertThat(with(claims -> claims.expirationTime(Date.from(now.minusSeconds(70)))))
                    .isEmpty();
            assertThat(with(claims -> claims.expirationTime(null))).isEmpty();
            assertThat(with(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(50)))))
                    .isPresent();
            assertThat(with(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(70)))))
                    .isEmpty();
            assertThat(with(claims -> claims.issueTime(Date.from(now.plusSeconds(70)))))
                    .isEmpty();
        }

        @Test
        void is_one_without_a_usable_subject() {
            assertThat(with(claims -> claims.subject(null))).isEmpty();
            assertThat(with(claims -> claims.subject(""))).isEmpty();
            assertThat(with(claims -> claims.subject("a\0b"))).isEmpty();
            assertThat(with(claims -> claims.subject("x".repeat(256)))).isEmpty();
            assertThat(tokens.identify(issuer.tokenOfHalfACharacter())).isEmpty();
        }

        @Test
        void is_one_of_another_type() {
            JWSHeader header = new JWSHeader.Builder(issuer.header())
                    .type(new JOSEObjectType("secevent+jwt"))
                    .build();

            assertThat(tokens.identify(Issuer.signed(header, issuer.claims().build(), issuer.key())))
                    .isEmpty();
        }

        @Test
        void is_what_is_no_token_at_all() {
            for (String text : List.of("..", "a.b.c", "e30.e30.e30", "\u0000.\u0000.\u0000", ".".repeat(8000))) {
                assertThat(tokens.identify(text)).isEmpty();
            }
        }

        private Optional<Identity> with(UnaryOperator<JWTClaimsSet.Builder> changes) {
            return tokens.identify(issuer.token(changes));
        }
    }

    @Nested
    class The_issuers_keys {

        @Test
        void are_asked_for_once_a_minute_at_most_however_many_unknown_keys_are_named() {
            assertThat(tokens.identify(issuer.token(claims -> claims))).isPresent();

            for (int i = 0; i < 1000; i++) {
                JWSHeader unknown = new JWSHeader.Builder(issuer.header())
                        .keyID("unknown-" + i)
                        .build();
                assertThat(tokens.identify(forged(unknown))).isEmpty();
            }

            assertThat(issuer.asked()).isEqualTo(1);
        }

        /** Signing a thousand times takes long; who has no key for it doesn't look at the signature. */
        private String forged(JWSHeader header) {
            return header.toBase64URL() + "."
                    + issuer.claims().build().toPayload().toBase64URL() + ".AAAA";
        }

        @Test
        void are_asked_for_again_when_a_new_one_is_named_a_minute_later() {
            assertThat(tokens.identify(issuer.token(claims -> claims))).isPresent();
            RSAKey next = Issuer.newKey("key-2");
            issuer.show(next);
            String token = Issuer.signed(
                    new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key-2").build(),
                    issuer.claims().build(),
                    next);

            assertThat(tokens.identify(token)).isEmpty();
            later.set(Duration.ofSeconds(61));
            assertThat(tokens.identify(token)).isPresent();
            assertThat(issuer.asked()).isEqualTo(2);
        }

        @Test
        @Timeout(20)
        void are_waited_for_a_few_seconds_only_however_slowly_they_come() {
            issuer.drip();

            assertThat(tokens.identify(issuer.token(claims -> claims))).isEmpty();
        }

        @Test
        void are_not_looked_for_where_a_redirect_leads() {
            try (Issuer other = new Issuer()) {
                issuer.moveTo(other.url());

                assertThat(tokens.identify(issuer.token(claims -> claims))).isEmpty();
                assertThat(other.documentsAsked()).isZero();
            }
        }

        @Test
        void stay_good_while_the_issuer_is_away() {
            String token = issuer.token(
                    claims -> claims.expirationTime(Date.from(Instant.now().plus(Duration.ofDays(2)))));
            assertThat(tokens.identify(token)).isPresent();
            issuer.goAway(true);

            later.set(Duration.ofDays(1));

            assertThat(tokens.identify(token)).isPresent();
        }

        @Test
        void are_found_as_soon_as_an_issuer_that_was_away_is_back() {
            issuer.goAway(true);
            String token = issuer.token(claims -> claims);
            assertThat(tokens.identify(token)).isEmpty();
            issuer.goAway(false);

            later.set(Duration.ofSeconds(61));

            assertThat(tokens.identify(token)).isPresent();
        }
    }
}
