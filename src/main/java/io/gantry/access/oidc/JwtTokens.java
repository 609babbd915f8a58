package io.gantry.access.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.gantry.access.Bearers;
import io.gantry.access.Identity;
import io.gantry.access.Role;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signed JSON Web Tokens of the configured issuer as credentials (RFC 7519, RFC 8725). */
public final class JwtTokens implements Bearers {

    private static final Logger LOG = LoggerFactory.getLogger(JwtTokens.class);
    private static final int LONGEST_NAME = 255;

    private final String rolesClaim;
    private final ConfigurableJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    public JwtTokens(OidcConfiguration configuration, InstantSource clock) {
        rolesClaim = configuration.rolesClaim();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                configuration.allowed(), new IssuerKeys(configuration.issuer(), clock)));
        processor.setJWTClaimsSetVerifier(new Claims(configuration.issuer(), configuration.audience(), clock));
    }

    /** Three parts; those of an API token are two. */
    @Override
    public boolean recognise(String token) {
        return token.chars().filter(c -> c == '.').count() == 2;
    }

    @Override
    public Optional<Identity> identify(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            return Optional.ofNullable(claims.getSubject())
                    .filter(JwtTokens::isUsable)
                    .map(name -> new Identity(name, roles(claims)));
        } catch (BadJOSEException | JOSEException | ParseException | RuntimeException e) {
            LOG.debug("a token isn't valid: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** As tasks can be owned by: what the database can't hold is no name. */
    private static boolean isUsable(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && name.codePoints().noneMatch(point -> point == 0 || Character.getType(point) == Character.SURROGATE);
    }

    /** Those that we know; others mean something elsewhere. */
    private Set<Role> roles(JWTClaimsSet claims) {
        Object claim = claims.getClaim(rolesClaim);
        Collection<?> words = claim instanceof Collection<?> several
                ? several
                : Optional.ofNullable(claim).map(List::of).orElse(List.of());
        Set<Role> roles = EnumSet.noneOf(Role.class);
        words.forEach(word -> Role.parse(String.valueOf(word)).ifPresent(roles::add));
        return roles;
    }
}
