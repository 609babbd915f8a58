package io.gantry.engine.docker;

import io.gantry.engine.ImageReference;
import io.gantry.engine.PullResult;
import java.util.Comparator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells from the engine's words whether a registry has no such image or couldn't be asked. */
final class PullVerdict {

    private static final Pattern NO_SUCH_IMAGE = Pattern.compile("(?i)manifest unknown|manifest for .* not found"
            + "|no matching manifest|pull access denied|repository does not exist|repository name not known"
            + "|name unknown|name_unknown|requested access to the resource is denied|unauthorized"
            + "|\\bdenied\\b|not found: manifest|no such image");

    private static final Pattern REGISTRY_TROUBLE = Pattern.compile("(?i)toomanyrequests|too many requests"
            + "|no such host|connection refused|timeout|timed out|server misbehaving|proxyconnect|x509|tls:");

    private PullVerdict() {}

    static PullResult of(String message, ImageReference image) {
        String detail = Failures.tidy(message);
        String words = namesOf(image).matcher(detail).replaceAll("…");
        return NO_SUCH_IMAGE.matcher(words).find()
                        && !REGISTRY_TROUBLE.matcher(words).find()
                ? new PullResult.NoSuchImage(detail)
                : new PullResult.PullFailed(detail);
    }

    /**
     * How the message may call the image; none of it tells what went wrong. A name that is a single word counts only where
     * nothing but a name can stand, for the message may use the same word.
     */
    private static Pattern namesOf(ImageReference image) {
        String tag = image.tag().map(t -> ":" + t).orElse("");
        String path = image.path();
        String familiar = path.startsWith("library/") ? path.substring("library/".length()) : path;
        String names = Stream.of(image.value(), image.normalised(), image.repository(), path, familiar, image.domain())
                .flatMap(name -> Stream.of(name + tag, name))
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(name -> (isWord(name) ? "(?<=for |[/\"'])" : "") + Pattern.quote(name))
                .collect(Collectors.joining("|"));
        String version =
                image.tag().map(t -> "|(?<=manifests/)" + Pattern.quote(t)).orElse("");
        return Pattern.compile("(?<![\\w.-])(?:" + names + version + ")(?![\\w-]|\\.\\w)");
    }

    private static boolean isWord(String name) {
        return name.chars().allMatch(Character::isLetterOrDigit);
    }
}
