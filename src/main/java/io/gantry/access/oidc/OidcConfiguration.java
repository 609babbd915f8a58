package io.gantry.access.oidc;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.nimbusds.jose.JWSAlgorithm;
import io.dropwizard.validation.ValidationMethod;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens are taken besides our own.
 *
 * @param issuer exactly as its tokens and its discovery document say it, a URL; empty for none
 * @param audience what its tokens must be for
 * @param algorithms by which they may be signed
 * @param rolesClaim the claim that holds the role, or an array of roles
 */
public record OidcConfiguration(
        @JsonProperty @NotNull String issuer,
        @JsonProperty @NotNull String audience,
        @JsonProperty @NotEmpty List<String> algorithms,
        @JsonProperty @NotEmpty String rolesClaim) {

    /** All of them signatures by a key pair: with a shared secret, whoever checks could also sign. */
    private static final Set<String> KNOWN =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    @JsonCreator
    public OidcConfiguration(
            @Nullable String issuer,
            @Nullable String audience,
            @Nullable List<String> algorithms,
            @Nullable String rolesClaim) {
        this.issuer = issuer == null ? "" : issuer;
        this.audience = audience == null ? "" : audience;
        this.algorithms = algorithms == null ? List.of("RS256", "PS256", "ES256") : List.copyOf(algorithms);
        this.rolesClaim = rolesClaim == null ? "roles" : rolesClaim;
    }

    /** No issuer. */
    public static OidcConfiguration none() {
        return new OidcConfiguration(null, null, null, null);
    }

    @JsonIgnore
    public boolean isUsed() {
        return !issuer.isEmpty();
    }

    @ValidationMethod(message = "oidc.audience must say what the issuer's tokens are for")
    @JsonIgnore
    public boolean isAudienceSaid() {
        return !isUsed() || !audience.isEmpty();
    }

    @ValidationMethod(message = "oidc.issuer must be an https URL without query and fragment (http on loopback only)")
    @JsonIgnore
    public boolean isIssuerTrustworthy() {
        return !isUsed() || url(issuer).filter(OidcConfiguration::isSafe).isPresent();
    }

    @ValidationMethod(message = "oidc.algorithms must be some of RS, PS and ES with 256, 384 or 512")
    @JsonIgnore
    public boolean isSignedByKeyPairs() {
        return KNOWN.containsAll(algorithms);
    }

    Set<JWSAlgorithm> allowed() {
        Set<JWSAlgorithm> allowed = new LinkedHashSet<>();
        algorithms.forEach(name -> allowed.add(JWSAlgorithm.parse(name)));
        return allowed;
    }

    /** Whether what it says can't be changed on the way. */
    static boolean isSafe(URI url) {
        boolean local = List.of("127.0.0.1", "[::1]", "localhost").contains(String.valueOf(url.getHost()));
        return url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && ("https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && local));
    }

    static Optional<URI> url(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
