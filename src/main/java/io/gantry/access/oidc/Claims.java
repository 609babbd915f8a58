package io.gantry.access.oidc;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;

/** What a token must say: our issuer and audience exactly, a subject, and times that hold now, with 60 s for clocks. */
final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {

    private static final Duration SKEW = Duration.ofSeconds(60);

    private final InstantSource clock;

    Claims(String issuer, String audience, InstantSource clock) {
        super(audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp"));
        setMaxClockSkew((int) SKEW.toSeconds());
        this.clock = clock;
    }

    @Override
    public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
        super.verify(claims, context);
        Date issuedAt = claims.getIssueTime();
        if (issuedAt != null && issuedAt.toInstant().isAfter(clock.instant().plus(SKEW))) {
            throw new BadJWTException("issued in the future");
        }
    }

    @Override
    protected Date currentTime() {
        return Date.from(clock.instant());
    }
}
