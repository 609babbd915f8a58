package io.gantry.attack;

import io.gantry.attack.Wire.Reply;
import io.gantry.contract.Exchange;
import io.gantry.contract.Exchange.Content;
import io.gantry.contract.OpenApiContract;
import io.gantry.scenario.GantryProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says which answers shouldn't have been given. */
final class Judge {

    private static final Pattern STATUS_LINE = Pattern.compile("(?m)^HTTP/1\\.1 [0-9]{3} ");
    private static final Pattern ORDINARY = Pattern.compile("/[A-Za-z0-9/._~%-]*");

    private final OpenApiContract contract;
    private final Score score;

    Judge(OpenApiContract contract, Score score) {
        this.contract = contract;
        this.score = score;
    }

    void judge(BadRequest request, Reply reply) {
        List<String> faults = faults(new Exchange(
                request.method(),
                target(request.target()),
                Content.of(request.header("Content-Type"), request.isChunked() ? new byte[0] : request.body()),
                reply.status(),
                reply.headers(),
                Content.of(reply.header("content-type"), reply.body())));
        if (!faults.isEmpty()) {
            score.violation(reply.status() + " " + faults + " to " + request);
        }
    }

    void judge(RawCase raw, String answer, Optional<Reply> reply) {
        long answers = STATUS_LINE.matcher(answer).results().count();
        if (answers > (raw.mayHaveTwoAnswers() ? 2 : 1)) {
            score.violation(answers + " answers to " + raw);
        }
        String[] line = raw.text()
                .stripLeading()
                .split("\r\n", 2)[0]
                .replaceFirst(" [a-z]+://[^/ ]+/", " /")
                .split(" ", -1);
        boolean ordinary = line.length == 3
                && ORDINARY.matcher(line[1]).matches()
                && !line[1].startsWith("//")
                && !line[1].contains("%");
        reply.ifPresent(it -> {
            List<String> faults = faults(new Exchange(
                    line[0],
                    URI.create(ordinary ? line[1] : it.status() < 300 ? "/tasks" : "/unknown"),
                    Content.NONE,
                    it.status(),
                    it.headers(),
                    Content.of(it.header("content-type"), it.body())));
            if (!faults.isEmpty()) {
                score.violation(it.status() + " " + faults + " to " + raw);
            }
        });
    }

    private List<String> faults(Exchange exchange) {
        if (exchange.status() >= 500) {
            return List.of("the service failed");
        }
        try {
            return contract.faultsOf(exchange);
        } catch (AssertionError | RuntimeException e) {
            return List.of(e.toString());
        }
    }

    /** Whether it is still there, and has noticed nothing. */
    void end(GantryProcess gantry, String admin) throws IOException {
        List<String> headers = List.of("Host: 127.0.0.1", "Authorization: Bearer " + admin);
        for (int port : List.of(gantry.url().getPort(), gantry.adminUrl().getPort())) {
            String path = port == gantry.url().getPort() ? "/tasks" : "/healthcheck";
            try (Wire wire = new Wire(port)) {
                Reply reply = wire.send(new BadRequest("none", "GET", path, headers, new byte[0]));
                if (reply.status() != 200) {
                    score.violation(path + " in the end: " + reply.status());
                }
            }
        }
        try (Wire wire = new Wire(gantry.adminUrl().getPort())) {
            Reply refused = wire.send(new BadRequest("none", "GET", "/metrics", headers.subList(0, 1), new byte[0]));
            if (refused.status() != 401) {
                score.violation("/metrics for a stranger: " + refused.status());
            }
        }
        gantry.output()
                .lines()
                .filter(line -> line.matches("(ERROR|FATAL|! at).*"))
                .limit(20)
                .forEach(line -> score.violation("in the log: " + line));
    }

    /** The path as the contract writes it: without parameters of segments, and without a slash at the end. */
    static String path(String target) {
        String path = target.split("\\?", 2)[0].replaceAll(";[^/]*", "");
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** What a segment says doesn't decide which path of the contract it is. */
    private static URI target(String target) {
        String path = path(target).replaceAll("[^A-Za-z0-9/._~%-]", "x");
        if (!path.startsWith("/") || path.startsWith("//")) {
            return URI.create("/unknown");
        }
        try {
            int query = target.indexOf('?');
            return new URI(query < 0 ? path : path + target.substring(query));
        } catch (URISyntaxException broken) {
            return path.contains("%") ? URI.create("/unknown") : URI.create(path);
        }
    }
}
