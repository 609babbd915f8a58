package io.gantry.engine.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What docker-java is told: a host, an API version and nothing else. Its own configuration would pick up the environment
 * and {@code ~/.docker} on its way.
 */
final class PinnedConfig implements DockerClientConfig {

    private static final ObjectMapper JSON = DockerClientConfig.getDefaultObjectMapper();

    private final DockerHost host;
    private final ApiVersion version;

    PinnedConfig(DockerHost host, ApiVersion version) {
        this.host = host;
        this.version = version;
    }

    @Override
    public URI getDockerHost() {
        return host.uri();
    }

    @Override
    public RemoteApiVersion getApiVersion() {
        return RemoteApiVersion.create(version.major(), version.minor());
    }

    @Override
    public @Nullable String getRegistryUsername() {
        return null;
    }

    @Override
    public @Nullable String getRegistryPassword() {
        return null;
    }

    @Override
    public @Nullable String getRegistryEmail() {
        return null;
    }

    @Override
    public @Nullable String getRegistryUrl() {
        return null;
    }

    @Override
    public @Nullable AuthConfig effectiveAuthConfig(String imageName) {
        return null;
    }

    @Override
    public AuthConfigurations getAuthConfigurations() {
        return new AuthConfigurations();
    }

    @Override
    @SuppressWarnings("deprecation") // the interface asks for a deprecated type
    public @Nullable SSLConfig getSSLConfig() {
        return null;
    }

    @Override
    public ObjectMapper getObjectMapper() {
        return JSON;
    }
}
