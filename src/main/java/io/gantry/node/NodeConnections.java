package io.gantry.node;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections outside the pool, with short timeouts, in autocommit. */
public interface NodeConnections {
    Connection open() throws SQLException;
}
