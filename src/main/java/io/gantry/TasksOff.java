package io.gantry;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Hides Dropwizard's operational tasks, such as {@code POST /tasks/log-level}: for where nobody is asked who he is. */
final class TasksOff extends HttpFilter {

    static final String PATHS = "/tasks/*";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
}
