/** JDBI, transactions, the ledger that orders everything, migrations, the embedded Postgres. */
@NullMarked
package io.gantry.database;

import org.jspecify.annotations.NullMarked;
