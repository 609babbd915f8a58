package io.gantry.access;

/** The configuration asks for a port that other machines can reach. */
public final class ListensTooWide extends RuntimeException {

    ListensTooWide() {
        super(
                "Without authentication the service listens on this machine only. In the configuration, give every connector of"
                        + " server.applicationConnectors and server.adminConnectors a bindHost of 127.0.0.1, ::1 or localhost;"
                        + " or have everybody say who he is: access.authentication: required.");
    }
}
