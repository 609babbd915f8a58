package io.gantry.audit;

import java.util.Locale;

/** What entries can be filtered by: the names in the API and in the table. */
enum AuditColumn {
    CALLER,
    ACTION,
    OBJECT,
    STATUS;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
