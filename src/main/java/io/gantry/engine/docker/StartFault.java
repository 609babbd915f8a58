package io.gantry.engine.docker;

import com.github.dockerjava.api.exception.DockerException;
import io.gantry.engine.StartError;
import io.gantry.engine.StartError.Fault;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells a command that can't be started from an engine that can't start any. */
final class StartFault {

    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL_ERROR = 500;

    private static final Pattern OF_THE_COMMAND =
            Pattern.compile("(?i)executable file not found|no such file or directory"
                    + "|permission denied|not a directory|is a directory|exec format error|argument list too long"
                    + "|unable to find (user|group)|no matching entries in (passwd|group)|uids and gids must be in range"
                    + "|chdir to cwd|cannot mkdir|exec: ");

    /** Whatever the user is called, {@code network} too. */
    private static final Pattern NO_SUCH_USER =
            Pattern.compile("(?i)unable to find (user|group) \\S+: no matching entries in (passwd|group) file$");

    private static final Pattern OF_THE_HOST = Pattern.compile("(?i)docker-init|no space left|cannot allocate memory"
            + "|too many open files|cgroup|network|endpoint|iptables|bridge|overlay|/var/lib/|/run/");

    /** What Docker's init process (tini) writes when it can't execute the command. */
    private static final Pattern OF_INIT = Pattern.compile("\\[FATAL tini \\(\\d+\\)] (exec .* failed: [^\\n]+)\\n?");

    private StartFault() {}

    /** The engine's words, if it is the command's own fault. */
    static Optional<String> of(DockerException answer) {
        int status = answer.getHttpStatus();
        if ((status != BAD_REQUEST && status != INTERNAL_ERROR) || !Failures.isOfEngine(answer)) {
            return Optional.empty();
        }
        return Optional.of(Failures.message(answer)).filter(StartFault::isOfTheCommand);
    }

    /** What Docker notes of a start that failed; it notes nothing where there is nothing to say. */
    static Optional<StartError> ofState(String error) {
        String message = Failures.tidy(error);
        return message.isEmpty()
                ? Optional.empty()
                : Optional.of(new StartError(isOfTheCommand(message) ? Fault.COMMAND : Fault.ENGINE, message));
    }

    private static boolean isOfTheCommand(String message) {
        return NO_SUCH_USER.matcher(message).find()
                || (OF_THE_COMMAND.matcher(message).find()
                        && !OF_THE_HOST.matcher(message).find());
    }

    /** The words of the init process, if they are all that a container wrote. */
    static Optional<String> ofOutput(String output) {
        Matcher matcher = OF_INIT.matcher(output);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
