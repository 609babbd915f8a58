package io.gantry.engine.docker;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.validation.ValidationMethod;
import io.gantry.engine.ImageReference;
import jakarta.validation.constraints.NotEmpty;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * By what name the engine pulls from a registry that doesn't show its images to everybody.
 *
 * @param registry as in the full name of an image: {@code ghcr.io}, {@code registry.lan:5000}, {@code docker.io}
 * @param password or the token that the registry takes in its place
 */
public record RegistryAccount(
        @NotEmpty String registry,
        @NotEmpty String user,
        @NotEmpty String password) {

    private static final String HUB = "docker.io";
    /** The name that Docker Hub has in {@code docker login}'s file and in the engine's code. */
    private static final String HUB_ADDRESS = "https://index.docker.io/v1/";

    private static final JsonMapper JSON = new JsonMapper();

    /** What a configuration file leaves out is found to be empty. */
    public RegistryAccount {
        registry = Objects.requireNonNullElse(registry, "");
        user = Objects.requireNonNullElse(user, "");
        password = Objects.requireNonNullElse(password, "");
    }

    @JsonIgnore
    @ValidationMethod(
            message = "registry must be a host as in an image's full name, such as ghcr.io or registry.lan:5000")
    public boolean isRegistryAHost() {
        String image = registry + "/image";
        return registry.isEmpty()
                || (ImageReference.faultOf(image).isEmpty()
                        && new ImageReference(image).domain().equals(registry));
    }

    boolean isFor(ImageReference image) {
        return registry.equals(image.domain());
    }

    /** The value of the header {@code X-Registry-Auth} (Docker Engine API, Authentication). */
    String header() {
        ObjectNode account = JSON.createObjectNode()
                .put("username", user)
                .put("password", password)
                .put("serveraddress", registry.equals(HUB) ? HUB_ADDRESS : registry);
        return Base64.getUrlEncoder().encodeToString(account.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user + " at " + registry;
    }
}
