package io.gantry.breach.docker;

import com.github.dockerjava.api.DockerClient;

/** Knows docker-java where it should only know the port. */
record UsesDockerJava(DockerClient client) {}
