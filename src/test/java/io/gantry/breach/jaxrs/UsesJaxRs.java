package io.gantry.breach.jaxrs;

import jakarta.ws.rs.core.Response;

/** Answers HTTP without being a resource. */
record UsesJaxRs(Response response) {}
