package io.gantry.scenario;

import static io.gantry.scenario.ClientRequest.request;
import static io.gantry.scenario.ScenarioAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DocumentationIT {

    private static final Path FILE = Path.of("openapi.yaml");
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    @RegisterExtension
    static final GantryExtension gantry = GantryExtension.started();

    private final GantryClient client = gantry.client();

    @Test
    void the_description_is_the_file() throws Exception {
        Answer yaml = client.get("/openapi.yaml");

        assertThat(yaml).hasStatus(200);
        assertThat(yaml.body()).isEqualTo(Files.readAllBytes(FILE));
    }

    @Test
    void the_json_says_the_same() throws Exception {
        assertThat(client.get("/openapi.json").json()).isEqualTo(new YAMLMapper().readTree(FILE.toFile()));
    }

    @ParameterizedTest
    @ValueSource(strings = {",,,", "\"a\", \"b", "\"another\""})
    void a_condition_for_changes_means_nothing_to_it(String condition) {
        assertThat(client.send(request("GET", "/").header("If-Match", condition)))
                .hasStatus(200);
    }

    @Test
    void the_client_that_has_it_is_told_so() {
        String tag = client.get("/openapi.yaml").header("ETag").orElseThrow();

        assertThat(client.send(request("GET", "/openapi.yaml").header("If-None-Match", tag)))
                .hasStatus(304);
    }

    @Test
    void the_page_needs_nothing_from_elsewhere() throws Exception {
        Answer page = client.send(request("GET", "/").header("Accept", "text/html,*/*;q=0.8"));

        assertThat(page).hasStatus(200);
        assertThat(page.header("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains(
                                "default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe", "http"));
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.header("Referrer-Policy")).contains("no-referrer");
        List<String> links = LINK.matcher(page.text())
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();
        assertThat(links).hasSizeGreaterThan(4).allMatch(link -> link.startsWith("/"));
        for (String link : links) {
            assertThat(raw(link).statusCode()).as(link).isEqualTo(200);
        }
        assertThat(raw("/documentation/start.js").body())
                .contains("/openapi.json")
                .doesNotContain("petstore");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/openapi.yaml", "/openapi.json"})
    void what_the_browser_has_is_not_sent_again(String path) {
        String tag = client.get(path).header("ETag").orElseThrow();

        assertThat(client.send(request("GET", path).header("If-None-Match", tag)))
                .hasStatus(304)
                .hasText("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/openapi.yaml", "/openapi.json", "/tasks", "/runs"})
    void head_is_as_get_without_the_body(String path) {
        Answer head = client.send(request("HEAD", path));

        assertThat(head).hasStatus(200).hasText("");
        assertThat(head.header("Content-Length"))
                .contains(Integer.toString(client.get(path).body().length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/openapi.yaml", "/tasks", "/runs", "/tasks/1", "/runs/1/cancel"})
    void options_tells_the_methods(String path) {
        assertThat(client.send(request("OPTIONS", path))).hasStatus(204).hasHeader("Allow");
    }

    private static HttpResponse<String> raw(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(gantry.url().resolve(path)).build(), BodyHandlers.ofString());
    }
}
