package io.gantry.engine.docker;

import io.gantry.engine.PullResult;
import java.util.regex.Pattern;

/** Tells from the engine's words whether a registry has no such image or couldn't be asked. */
final class PullVerdict {

    private static final Pattern NO_SUCH_IMAGE = Pattern.compile("(?i)manifest unknown|manifest for .* not found"
            + "|no matching manifest|pull access denied|repository does not exist|repository name not known"
            + "|name unknown|name_unknown|requested access to the resource is denied|unauthorized"
            + "|\\bdenied\\b|not found: manifest|no such image");

    private static final Pattern REGISTRY_TROUBLE = Pattern.compile("(?i)toomanyrequests|too many requests"
            + "|no such host|connection refused|timeout|timed out|server misbehaving|proxyconnect|x509|tls:");

    private PullVerdict() {}

    static PullResult of(String message) {
        String detail = Failures.tidy(message);
        return NO_SUCH_IMAGE.matcher(detail).find()
                        && !REGISTRY_TROUBLE.matcher(detail).find()
                ? new PullResult.NoSuchImage(detail)
                : new PullResult.PullFailed(detail);
    }
}
