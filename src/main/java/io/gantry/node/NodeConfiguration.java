package io.gantry.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Who this process is among those that share a database.
 *
 * @param name empty is the host name
 */
public record NodeConfiguration(
        @JsonProperty @NotNull @Size(max = 100) String name) {

    public NodeConfiguration(@Nullable String name) {
        this.name = name == null ? "" : name.strip();
    }

    /** The configured name, or else the host's. */
    public String effectiveName() {
        return name.isEmpty() ? hostName() : name;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
