package io.gantry.engine.docker;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the Docker engine listens.
 *
 * @param certificates the folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem} for TLS
 */
record DockerHost(URI uri, Optional<Path> certificates) {

    DockerHost {
        refuseUnless(uri.getScheme() != null, uri, "it has no scheme; use unix:///… or tcp://…");
        switch (uri.getScheme()) {
            case "unix" -> refuseUnless(uri.getPath() != null && !uri.getPath().isEmpty(), uri, "it names no socket");
            case "tcp" -> {
                refuseUnless(uri.getHost() != null && uri.getPort() > 0, uri, "it needs a host and a port");
                refuseUnless(
                        certificates.isPresent() || isLoopback(uri.getHost()),
                        uri,
                        "without TLS anyone on the way is root on that host; set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH");
            }
            default -> refuseUnless(false, uri, "only unix:// and tcp:// are supported");
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
    }

    private static void refuseUnless(boolean right, URI uri, String why) {
        if (!right) {
            throw new IllegalArgumentException("can't use the Docker host '" + uri + "': " + why);
        }
    }

    boolean isUnixSocket() {
        return uri.getScheme().equals("unix");
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
