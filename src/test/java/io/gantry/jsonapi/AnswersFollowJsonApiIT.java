package io.gantry.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.core.Configuration;
import io.dropwizard.testing.ResourceHelpers;
import io.dropwizard.testing.junit5.DropwizardAppExtension;
import io.dropwizard.testing.junit5.DropwizardExtensionsSupport;
import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DropwizardExtensionsSupport.class)
final class AnswersFollowJsonApiIT {

    private static final DropwizardAppExtension<Configuration> APP = new DropwizardAppExtension<>(
            ProbeApplication.class, ResourceHelpers.resourceFilePath("io/gantry/jsonapi/probe.yml"));
    private static final String JSON_API = "Content-Type: application/vnd.api+json";

    private final RawHttp http = new RawHttp(APP.getLocalPort());
    private final String base = "http://127.0.0.1:" + APP.getLocalPort();

    private JsonNode get(String path) throws IOException {
        RawHttp.Answer answer = http.send("GET", path);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static String etag(RawHttp.Answer answer) {
        return answer.header("ETag").orElseThrow();
    }

    @Nested
    final class one_resource {

        @Test
        void is_a_document() throws IOException {
            JsonNode document = get("/probes/1");
            assertThat(document.at("/jsonapi/version").asText()).isEqualTo("1.1");
            assertThat(document.at("/links/self").asText()).isEqualTo(base + "/probes/1");
            assertThat(document.at("/links/describedby").asText()).isEqualTo(base + "/openapi.yaml");
            assertThat(document.at("/data/type").asText()).isEqualTo("probes");
            assertThat(document.at("/data/id").asText()).isEqualTo("1");
            assertThat(document.at("/data/attributes/createdAt").asText()).isEqualTo("2026-01-02T03:04:05.000000Z");
            assertThat(document.at("/data/relationships/parent/data/id").asText())
                    .isEqualTo("0");
            assertThat(document.at("/data/links/self").asText()).isEqualTo(base + "/probes/1");
            assertThat(document.has("included")).isFalse();
        }

        @Test
        void may_be_cut_down_to_some_fields() throws IOException {
            JsonNode document = get("/probes/1?fields[probes]=title");
            assertThat(document.at("/data/attributes").fieldNames())
                    .toIterable()
                    .containsExactly("title");
            assertThat(document.at("/data").has("relationships")).isFalse();
            assertThat(get("/probes/1?fields[probes]=").at("/data").has("attributes"))
                    .isFalse();
        }

        @Test
        void may_bring_others_along() throws IOException {
            JsonNode document = get("/probes/1?include=parent&fields[probes]=title");
            assertThat(document.at("/included")).hasSize(1);
            assertThat(document.at("/included/0/id").asText()).isEqualTo("0");
            assertThat(document.at("/included/0/attributes").fieldNames())
                    .toIterable()
                    .containsExactly("title");
            assertThat(document.at("/links/self").asText())
                    .startsWith(base + "/probes/1?")
                    .contains("include=parent");
            assertThat(get("/probes/1?include=").get("included")).isEmpty();
        }

        @Test
        void is_created_where_location_says() throws IOException {
            RawHttp.Answer answer = http.send(
                    "POST",
                    "/probes?fields[probes]=title",
                    JSON_API,
                    "\n{\"data\":{\"type\":\"probes\",\"attributes\":{\"title\":\"new\"}}}");
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Location")).contains(base + "/probes/1");
            assertThat(answer.json().at("/links/self").asText()).isEqualTo(base + "/probes/1");
            assertThat(answer.json().at("/data/links/self").asText()).isEqualTo(base + "/probes/1");
            assertThat(answer.json().at("/data/attributes").fieldNames())
                    .toIterable()
                    .containsExactly("title");
        }
    }

    @Nested
    final class a_page {

        @Test
        void always_has_links_to_its_neighbours() throws IOException {
            JsonNode document = get("/probes?page[size]=5&filter[title]=a%26b");
            assertThat(document.get("links").has("prev")).isTrue();
            assertThat(document.at("/links/prev").isNull()).isTrue();
            String next = document.at("/links/next").asText();
            assertThat(next).startsWith(base + "/probes?").contains("filter%5Btitle%5D=a%26b");
            assertThat(document.at("/meta/total").asInt()).isEqualTo(1);
            JsonNode following = get(next.substring(base.length()));
            assertThat(following.at("/links/self").asText()).isEqualTo(next);
            assertThat(following.at("/links/next").asText()).isEqualTo(next);
        }
    }

    @Nested
    final class a_version {

        @Test
        void that_the_client_has_is_not_sent_again() throws IOException {
            RawHttp.Answer first = http.send("GET", "/probes/1");
            RawHttp.Answer again = http.send("GET", "/probes/1", "If-None-Match: \"x\", " + etag(first));
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(etag(again)).isEqualTo(etag(first)).startsWith("\"");
            assertThat(http.send("GET", "/probes/1?fields[probes]=", "If-None-Match: " + etag(first))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void is_the_same_when_compressed() throws IOException {
            RawHttp.Answer compressed = http.send("GET", "/probes/1", "Accept-Encoding: gzip");
            assertThat(http.send("GET", "/probes/1", "Accept-Encoding: gzip", "If-None-Match: " + etag(compressed))
                            .status())
                    .isEqualTo(304);
            assertThat(http.send("DELETE", "/probes/1", "If-Match: " + etag(compressed))
                            .status())
                    .isEqualTo(204);
        }

        @Test
        void that_is_stale_changes_nothing() throws IOException {
            String old = etag(http.send("GET", "/probes/1"));
            String body = "\n{\"data\":{\"type\":\"probes\",\"id\":\"1\",\"attributes\":{\"title\":\""
                    + System.nanoTime() + "\"}}}";
            RawHttp.Answer changed = http.send("PATCH", "/probes/1", JSON_API, "If-Match: " + old, body);
            assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
            assertThat(etag(changed)).isNotEqualTo(old).isEqualTo(etag(http.send("GET", "/probes/1")));
            RawHttp.Answer refused = http.send("PATCH", "/probes/1", JSON_API, "If-Match: " + old, body);
            assertThat(refused.status()).isEqualTo(412);
            assertThat(refused.code()).isEqualTo("stale-version");
            assertThat(http.send("DELETE", "/probes/1", "If-Match: " + old).status())
                    .isEqualTo(412);
            String sparse = etag(http.send("GET", "/probes/1?fields[probes]="));
            assertThat(http.send("DELETE", "/probes/1", "If-Match: " + sparse).status())
                    .isEqualTo(204);
        }
    }

    @Test
    void an_answer_may_take_longer_than_a_connection_may_be_idle() throws IOException {
        RawHttp.Answer answer =
                http.send("GET", "/probes/1/patience", "Accept: application/json", "X-Request-Id: slow");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("X-Request-Id")).contains("slow");
        assertThat(answer.header("Content-Type")).contains("application/json");
    }
}
