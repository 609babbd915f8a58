package io.gantry.engine.docker;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** The requests of a run's life, told apart by method and path. */
public enum EngineCall {
    VERSION("GET /version"),
    PING("GET /_ping"),
    INFO("GET /info"),
    FIND_IMAGE("GET /images/.+/json"),
    CREATE("POST /containers/create"),
    ATTACH("POST /containers/[^/]+/attach"),
    START("POST /containers/[^/]+/start"),
    INSPECT("GET /containers/[^/]+/json"),
    WAIT("POST /containers/[^/]+/wait"),
    EVENTS("GET /events"),
    LOGS("GET /containers/[^/]+/logs"),
    KILL("POST /containers/[^/]+/kill"),
    REMOVE("DELETE /containers/[^/]+"),
    LIST("GET /containers/json");

    private final Pattern request;

    EngineCall(String request) {
        this.request = Pattern.compile(request);
    }

    /** @param request as {@code GET /v1.41/containers/json?all=true} */
    static Optional<EngineCall> of(String request) {
        String bare = request.replaceFirst(" /v[0-9.]+/", " /").replaceFirst("\\?.*", "");
        return Arrays.stream(values())
                .filter(call -> call.request.matcher(bare).matches())
                .findFirst();
    }

    /** Whether it changes something, so that it matters if the engine was asked before its answer got spoiled. */
    public boolean changes() {
        return this == CREATE || this == START || this == KILL || this == REMOVE;
    }

    /** Whether its answer is a container's output. */
    public boolean streams() {
        return this == ATTACH || this == LOGS;
    }
}
