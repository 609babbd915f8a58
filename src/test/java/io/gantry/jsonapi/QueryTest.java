package io.gantry.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gantry.problem.Place;
import io.gantry.problem.Problem;
import io.gantry.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryTest {

    private static final ResourceType TASKS =
            new ResourceType("tasks", List.of("title", "status"), List.of("latestRun"));
    private static final SortKey NEWEST = SortKey.descending("createdAt");
    private static final QueryRules RULES = QueryRules.forAnswersOf(TASKS)
            .including("latestRun")
            .pagedBy(NEWEST, "title")
            .filteredBy("status", Set.of("queued", "running"))
            .filteredBy("image");

    private static List<Problem> problems(String raw) {
        ProblemException refusal = catchThrowableOfType(ProblemException.class, () -> Query.parse(raw, RULES));
        assertThat(refusal).as("%s should be refused", raw).isNotNull();
        assertThat(refusal.problems()).allMatch(problem -> problem.code() == HttpProblem.INVALID_PARAMETER);
        return refusal.problems();
    }

    private static List<Place> places(String raw) {
        return problems(raw).stream().map(Problem::place).toList();
    }

    @Test
    void nothing_said_means_the_defaults() {
        Query query = Query.parse("", RULES);
        assertThat(query.pageSize()).isEqualTo(20);
        assertThat(query.sort()).isEqualTo(NEWEST);
        assertThat(query.include()).isEmpty();
        assertThat(query.filter("status")).isEmpty();
        assertThat(query.after()).isEmpty();
    }

    @Test
    void brackets_may_be_encoded_or_not() {
        assertThat(Query.parse("page[size]=7", RULES).pageSize()).isEqualTo(7);
        assertThat(Query.parse("page%5Bsize%5D=7", RULES).pageSize()).isEqualTo(7);
    }

    @Test
    void lists_are_split_at_commas() {
        Query query =
                Query.parse("filter[status]=running,queued&fields[tasks]=title,latestRun&include=latestRun", RULES);
        assertThat(query.filter("status").orElseThrow()).containsExactly("running", "queued");
        assertThat(query.fields()).containsEntry("tasks", Set.of("title", "latestRun"));
        assertThat(query.includes("latestRun")).isTrue();
    }

    @Test
    void a_filter_of_any_text_is_taken_as_it_is() {
        assertThat(Query.parse("filter[image]=a,b%2Bc+d", RULES).filter("image").orElseThrow())
                .containsExactly("a,b+c d");
    }

    @Test
    void an_empty_list_of_fields_or_includes_is_one_without_elements() {
        Query query = Query.parse("fields[tasks]=&include=", RULES);
        assertThat(query.fields()).containsEntry("tasks", Set.of());
        assertThat(query.include()).contains(Set.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "abc", "", "1e1", "99999999999999999999", "%31%", "１"})
    void a_page_size_is_a_number_from_1_to_100(String size) {
        assertThat(places("page[size]=" + size)).containsExactly(Place.parameter("page[size]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pages=1",
                "page[Size]=1",
                "filter[stats]=running",
                "filter[status]=dead",
                "filter[status]=",
                "sort=image",
                "sort=",
                "sort=title,createdAt",
                "include=runs",
                "include=latestRun.task",
                "fields[tasks]=titel",
                "fields[runs]=id",
                "filter[image]=%00",
                "filter[image]=%ff",
                "filter[image]=%c0%af",
                "filter[image]=%ed%a0%80",
                "sort=title&sort=title",
                "page[after]=abc",
                "page[after]=",
            })
    void these_are_refused_and_the_parameter_is_named(String raw) {
        assertThat(places(raw)).containsExactly(Place.parameter(raw.substring(0, raw.indexOf('='))));
    }

    @Test
    void all_mistakes_are_told_at_once() {
        assertThat(places("page[size]=0&sort=x&what=1"))
                .containsExactlyInAnyOrder(
                        Place.parameter("page[size]"), Place.parameter("sort"), Place.parameter("what"));
    }

    @Test
    void a_message_says_what_would_be_possible() {
        assertThat(problems("what=1").get(0).detail()).contains("\"what\"", "page[size]", "filter[status]", "include");
    }

    @Test
    void a_cursor_comes_back_with_its_keys() {
        Instant at = Instant.parse("2026-01-02T03:04:05.000006Z");
        UUID id = UUID.randomUUID();
        String cursor =
                Cursor.of(NEWEST, at.toString(), id.toString(), "7", "tëxt").toString();
        Cursor read = Query.parse("page[after]=" + cursor, RULES).after().orElseThrow();
        assertThat(read.instant(0)).isEqualTo(at);
        assertThat(read.uuid(1)).isEqualTo(id);
        assertThat(read.number(2)).isEqualTo(7);
        assertThat(read.text(3)).isEqualTo("tëxt");
    }

    @Test
    void a_cursor_that_was_changed_anywhere_is_refused() {
        String cursor = Cursor.of(NEWEST, "2026-01-02T03:04:05Z").toString();
        for (int i = 0; i < cursor.length() - 1; i++) {
            char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
            String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
            assertThat(places("page[before]=" + changed)).containsExactly(Place.parameter("page[before]"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "{}",
                "[null]",
                "[\"-createdAt\",null]",
                "[\"-createdAt\",[]]",
                "[\"-createdAt\",\"a\\u0000b\"]",
                "[\"-createdAt\",\"\\ud800\"]"
            })
    void a_forged_cursor_is_refused(String content) throws NoSuchAlgorithmException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        byte[] checksum = MessageDigest.getInstance("SHA-256").digest(bytes);
        byte[] all = ByteBuffer.allocate(7 + bytes.length)
                .put((byte) 1)
                .put(checksum, 0, 6)
                .put(bytes)
                .array();
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(all);

        assertThat(places("page[after]=" + forged)).containsExactly(Place.parameter("page[after]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4800-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"})
    void a_time_that_no_database_holds_is_no_key(String time) {
        Cursor cursor = Cursor.of(NEWEST, time);

        assertThat(catchThrowableOfType(ProblemException.class, () -> cursor.instant(0)))
                .isNotNull();
    }

    @Test
    void a_cursor_belongs_to_one_order() {
        String cursor = Cursor.of(NEWEST, "x").toString();
        assertThat(places("sort=title&page[after]=" + cursor)).containsExactly(Place.parameter("page[after]"));
    }

    @Test
    void a_page_lies_after_or_before_a_cursor() {
        String cursor = Cursor.of(NEWEST, "x").toString();
        assertThat(places("page[after]=" + cursor + "&page[before]=" + cursor))
                .containsExactly(Place.parameter("page[before]"));
    }

    @Test
    void a_key_of_another_sort_is_refused() {
        Cursor cursor = Cursor.of(NEWEST, "not a time");
        assertThat(catchThrowableOfType(ProblemException.class, () -> cursor.instant(0)))
                .isNotNull();
        assertThat(catchThrowableOfType(ProblemException.class, () -> cursor.uuid(0)))
                .isNotNull();
        assertThat(catchThrowableOfType(ProblemException.class, () -> cursor.text(1)))
                .isNotNull();
    }

    @Test
    void plain_parameters_are_taken_where_they_are_allowed() {
        QueryRules rules = QueryRules.none().taking("tail", "stream");
        assertThat(Query.parse("tail=5", rules).parameter("tail")).contains("5");
        assertThat(Query.parse("tail=5", rules).parameter("stream")).isEmpty();
    }
}
