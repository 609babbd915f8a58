/** Tokens of a configured OpenID Connect issuer. */
@NullMarked
package io.gantry.access.oidc;

import org.jspecify.annotations.NullMarked;
