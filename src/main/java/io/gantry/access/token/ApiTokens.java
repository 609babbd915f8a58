package io.gantry.access.token;

import io.gantry.access.Bearers;
import io.gantry.access.Identity;
import java.util.Optional;
import java.util.Set;

/** API tokens as credentials. */
public final class ApiTokens implements Bearers {

    private final TokenStore tokens;

    public ApiTokens(TokenStore tokens) {
        this.tokens = tokens;
    }

    @Override
    public boolean recognise(String token) {
        return TokenText.looksLikeOne(token);
    }

    @Override
    public Optional<Identity> identify(String token) {
        return TokenText.parse(token)
                .flatMap(tokens::use)
                .map(found ->
                        new Identity(found.draft().owner(), Set.of(found.draft().role())));
    }
}
