package io.gantry.database;

/** Where a database is and how to get in. */
public record DatabaseAddress(String url, String user, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
