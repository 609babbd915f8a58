package io.gantry.access.token;

import io.gantry.access.Caller;
import io.gantry.access.Deed;
import io.gantry.access.Role;
import io.gantry.database.Keyset.Direction;
import io.gantry.database.Rows;
import io.gantry.database.Slice;
import io.gantry.jsonapi.Sender;
import io.gantry.problem.CannotStart;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tokens for whoever sits at the machine itself: what he can do to the database needs no further proof. */
public final class TokenDesk {

    private static final int PAGE = 100;
    private static final Caller CALLER = new Caller(Optional.of("command line"), Set.of(Role.ADMIN), "");

    private final TokenStore tokens;
    private final InstantSource clock;

    public TokenDesk(TokenStore tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Makes a token and gives its text. Raises {@link CannotStart} with what is missing or wrong. */
    public String create(
            Optional<String> title, Optional<String> role, Optional<String> owner, Optional<Duration> validFor) {
        String called = checked("--title", required("--title", title));
        Role may = Role.parse(required("--role", role)).orElseThrow();
        Optional<Instant> expiresAt = validFor.map(clock.instant()::plus);
        Token.Draft draft = new Token.Draft(
                called, owner.map(name -> checked("--owner", name)).orElse(called), may, expiresAt);
        return tokens.create(draft, deed("createToken")).text().text();
    }

    /** All tokens, each in a line. */
    public List<String> list() {
        List<String> lines = new ArrayList<>();
        Slice slice = Slice.first(PAGE);
        Rows<Token> rows = tokens.list(Direction.ASCENDING, slice);
        rows.rows().forEach(token -> lines.add(line(token)));
        while (rows.hasNext()) {
            Token last = rows.rows().get(rows.rows().size() - 1);
            rows = tokens.list(Direction.ASCENDING, Slice.after(last.mark(), PAGE));
            rows.rows().forEach(token -> lines.add(line(token)));
        }
        return lines;
    }

    /** Gives a sentence on what was done. Raises {@link CannotStart} if there is no such token. */
    public String revoke(Optional<String> id) {
        String text = required("--id", id);
        boolean deleted = Token.parseId(text)
                .map(found -> tokens.delete(found, deed("revokeToken"), token -> {}))
                .orElse(false);
        if (!deleted) {
            throw new CannotStart("There is no token with the id " + text + ". `token list` shows all.");
        }
        return "Token " + text + " is revoked.";
    }

    private static String line(Token token) {
        return String.join(
                "  ",
                token.id().toString(),
                "gantry_" + token.prefix() + "_...",
                token.draft().role().word(),
                "owner=" + printable(token.draft().owner()),
                "title=" + printable(token.draft().title()),
                "created=" + token.createdAt(),
                "expires=" + token.draft().expiresAt().map(Instant::toString).orElse("never"),
                "used=" + token.lastUsedAt().map(Instant::toString).orElse("never"));
    }

    /** What a terminal would obey is shown as a question mark. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\x{80}-\\x{9f}]", "?");
    }

    private static Deed deed(String action) {
        return new Deed(new Sender("", "command-line"), action, CALLER);
    }

    private static String required(String name, Optional<String> value) {
        return value.orElseThrow(() -> new CannotStart("It takes " + name + "; see `token --help`."));
    }

    private static String checked(String name, String text) {
        if (text.isEmpty() || text.length() > TokenRules.LONGEST || text.indexOf('\0') >= 0) {
            throw new CannotStart(name + " must have 1 to " + TokenRules.LONGEST + " characters.");
        }
        return text;
    }
}
