package io.gantry.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.gantry.problem.ProblemException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** {@code GET /nodes}: who is alive, what runs where, and how each node's engine is. */
public final class NodesServlet extends HttpServlet {

    private final transient NodeReportStore reports;
    private final transient ObjectMapper json;

    public NodesServlet(NodeReportStore reports, ObjectMapper json) {
        this.reports = reports;
        this.json = json.copy()
                .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
                .enable(SerializationFeature.INDENT_OUTPUT);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        try {
            write(response, reports.read());
        } catch (ProblemException away) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader("Retry-After", "1");
            write(response, Map.of("error", String.valueOf(away.getMessage())));
        }
    }

    private void write(HttpServletResponse response, Object answer) throws IOException {
        response.getOutputStream().write(json.writeValueAsBytes(answer));
    }
}
