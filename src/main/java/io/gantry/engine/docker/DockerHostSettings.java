package io.gantry.engine.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the Docker host as the {@code docker} command does: {@code DOCKER_HOST}, else the current context, else the usual
 * socket. Nothing else of Docker's settings (credentials, proxies, API version) is taken over.
 */
final class DockerHostSettings {

    private static final String DEFAULT_HOST = "unix:///var/run/docker.sock";
    private static final String DEFAULT_CONTEXT = "default";

    private final Map<String, String> environment;
    private final Path folder;
    private final ObjectMapper json = new ObjectMapper();

    /** @param home the user's home folder, with {@code .docker} in it unless {@code DOCKER_CONFIG} says otherwise */
    DockerHostSettings(Map<String, String> environment, Path home) {
        this.environment = environment;
        this.folder = variable("DOCKER_CONFIG").map(Path::of).orElse(home.resolve(".docker"));
    }

    /** @param configured a host of our own configuration, which goes first unless it is blank */
    DockerHost find(String configured) {
        Optional<String> host = configured.isBlank() ? variable("DOCKER_HOST") : Optional.of(configured.strip());
        if (host.isPresent()) {
            return new DockerHost(parse(host.orElseThrow()), certificates());
        }
        return variable("DOCKER_CONTEXT")
                .or(this::currentContext)
                .filter(name -> !name.equals(DEFAULT_CONTEXT))
                .map(this::ofContext)
                .orElseGet(() -> new DockerHost(URI.create(DEFAULT_HOST), Optional.empty()));
    }

    private Optional<Path> certificates() {
        Optional<Path> folderOfCertificates = variable("DOCKER_CERT_PATH").map(Path::of);
        return variable("DOCKER_TLS_VERIFY").isPresent()
                ? Optional.of(folderOfCertificates.orElse(folder))
                : Optional.empty();
    }

    private Optional<String> currentContext() {
        return read(folder.resolve("config.json"))
                .map(config -> config.path("currentContext").asText(""))
                .filter(name -> !name.isEmpty());
    }

    private DockerHost ofContext(String name) {
        Path contexts = folder.resolve("contexts");
        String key = sha256(name);
        String host = read(contexts.resolve("meta").resolve(key).resolve("meta.json"))
                .map(meta -> meta.at("/Endpoints/docker/Host").asText(""))
                .filter(found -> !found.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException(
                        "the Docker context '" + name + "' has no host under " + contexts + "; see docker context ls"));
        Path tls = contexts.resolve("tls").resolve(key).resolve("docker");
        return new DockerHost(parse(host), Files.isDirectory(tls) ? Optional.of(tls) : Optional.empty());
    }

    private Optional<JsonNode> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static URI parse(String host) {
        try {
            return URI.create(host);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("can't use the Docker host '" + host + "': it is no URI", e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
