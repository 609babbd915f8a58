package io.gantry.health;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code GET /ready}: 200 when everything that a run needs is there, else 503 with what is missing. A broken invariant keeps
 * nobody from running.
 */
public final class ReadinessServlet extends HttpServlet {

    private final transient HealthCheckRegistry checks;
    private final transient ObjectMapper json;
    private final boolean tellsReasons;

    /** @param tellsReasons false where anybody may ask */
    public ReadinessServlet(HealthCheckRegistry checks, ObjectMapper json, boolean tellsReasons) {
        this.checks = checks;
        this.json = json;
        this.tellsReasons = tellsReasons;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, String> reasons = reasons();
        response.setStatus(reasons.isEmpty() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream()
                .write(json.writeValueAsBytes(new Answer(reasons.isEmpty(), tellsReasons ? reasons : Map.of())));
    }

    /** The message of each check that is red, by its name. */
    private Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>();
        checks.runHealthChecks((name, check) -> !(check instanceof InvariantHealth))
                .forEach((name, result) -> {
                    if (!result.isHealthy()) {
                        reasons.put(name, message(result));
                    }
                });
        return reasons;
    }

    private static String message(HealthCheck.Result result) {
        return result.getMessage() == null ? String.valueOf(result.getError()) : result.getMessage();
    }

    /** What is answered. */
    record Answer(boolean ready, Map<String, String> reasons) {}
}
