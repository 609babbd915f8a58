package io.gantry.access;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One kind of bearer tokens. */
public interface Bearers {

    /** In characters; longer ones are refused unread. */
    int LONGEST = 8 * 1024;

    /** Whether a token looks like one of this kind. */
    boolean recognise(String token);

    /** Whom a token of this kind stands for; empty if it isn't valid. */
    Optional<Identity> identify(String token);

    /** The token of the one Authorization header that there may be. */
    static Optional<String> token(List<String> authorization) {
        if (authorization.size() != 1 || authorization.get(0).length() > LONGEST + "Bearer ".length()) {
            return Optional.empty();
        }
        Matcher matcher = Form.BEARER.matcher(authorization.get(0));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The header's form. */
    final class Form {
        private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([A-Za-z0-9._~+/-]+=*)");

        private Form() {}
    }
}
