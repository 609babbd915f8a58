package io.gantry.engine.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import io.gantry.engine.EngineRefused;
import io.gantry.engine.EngineUnavailable;
import java.io.IOException;
import java.util.regex.Pattern;

/** Turns what docker-java throws into the two failures that the port knows. */
final class Failures {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int INTERNAL_ERROR = 500;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int LONGEST_MESSAGE = 500;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern STATUS = Pattern.compile("^Status \\d+: ");
    private static final Pattern NOISE = Pattern.compile(
            "(failed to create (task for container|shim task|shim): |OCI runtime create failed: |runc create failed: "
                    + "|runc did not terminate successfully: |unable to start container process: "
                    + "|/\\S+/(overlay2|containers)/[0-9a-f]+/(merged|diff)(?=/)"
                    + "|container_linux\\.go:\\d+: |starting container process caused: |: unknown$)");
    /** A 500 with words like these is about the engine's own state and not about what was asked. */
    private static final Pattern PASSING = Pattern.compile("(?i)context (deadline exceeded|canceled)|connection refused"
            + "|transport is closing|error reading from server|shutting down|containerd.*(not running|unavailable)"
            + "|cannot connect to|device or resource busy|layer.*in use|driver not connected");

    /** What stays wrong, whatever words a task's {@code workingDirectory} or {@code user} is made of. */
    private static final Pattern LASTING = Pattern.compile("(?i)too many links in |(not a directory|file name too long"
            + "|too many levels of symbolic links|no matching entries in (passwd|group) file)$");

    /** The engine was exchanged for one of another version since the version was agreed on, or it isn't one. */
    private static final Pattern WRONG_VERSION =
            Pattern.compile("client version \\S+ is too (new|old)|^page not found$");

    private static final Pattern NO_SUCH_CONTAINER = Pattern.compile("(?i)no such container|no container with");
    /** Where a stream was asked for, 20.10 says no without JSON. */
    private static final Pattern REFUSED_ATTACH = Pattern.compile("No such container: \\S+");

    private static final Pattern NO_SUCH_IMAGE = Pattern.compile("(?i)no such image|image not known");

    private Failures() {}

    /** An {@link EngineRefused} or an {@link EngineUnavailable}, to be thrown. */
    static RuntimeException translate(RuntimeException failure) {
        if (failure instanceof EngineRefused || failure instanceof EngineUnavailable) {
            return failure;
        }
        if (failure instanceof DockerException answer) {
            String message = message(answer);
            return !isOfEngine(answer) || isPassing(answer, message)
                    ? new EngineUnavailable("the engine is in trouble: " + message, answer)
                    : new EngineRefused(message, answer);
        }
        Throwable root = rootOf(failure);
        return root instanceof IOException && !(root instanceof JsonProcessingException)
                ? new EngineUnavailable("the engine can't be reached: " + describe(root), failure)
                : new EngineUnavailable("the engine's answer makes no sense", failure);
    }

    /** Whether the engine itself says no, in its own form, and not something on the way to it. */
    static boolean isOfEngine(DockerException answer) {
        String body = body(answer);
        try {
            return JSON.readTree(body).path("message").isTextual();
        } catch (JsonProcessingException e) {
            return REFUSED_ATTACH.matcher(body.strip()).matches();
        }
    }

    static boolean isNoSuchContainer(DockerException answer) {
        return says(answer, NOT_FOUND, NO_SUCH_CONTAINER);
    }

    static boolean isNoSuchImage(DockerException answer) {
        return says(answer, NOT_FOUND, NO_SUCH_IMAGE);
    }

    static boolean isConflict(DockerException answer) {
        return answer.getHttpStatus() == CONFLICT && isOfEngine(answer);
    }

    private static boolean says(DockerException answer, int status, Pattern words) {
        return answer.getHttpStatus() == status
                && isOfEngine(answer)
                && words.matcher(message(answer)).find();
    }

    /** The engine's own words, on one line and without the layers that they came through. */
    static String message(DockerException answer) {
        return tidy(messageOf(body(answer)));
    }

    private static String body(DockerException answer) {
        return STATUS.matcher(describe(answer)).replaceFirst("");
    }

    static String tidy(String message) {
        String line = NOISE.matcher(message.strip().replaceAll("\\s+", " ")).replaceAll("");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static boolean isPassing(DockerException answer, String message) {
        int status = answer.getHttpStatus();
        return status > INTERNAL_ERROR
                || status == TOO_MANY_REQUESTS
                || WRONG_VERSION.matcher(message).find()
                || (status == INTERNAL_ERROR
                        && (message.isEmpty()
                                || (PASSING.matcher(message).find()
                                        && !LASTING.matcher(message).find())));
    }

    private static String messageOf(String body) {
        try {
            return JSON.readTree(body).path("message").asText(body);
        } catch (JsonProcessingException e) {
            return body;
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure.getCause(); cause != null && cause != root; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
