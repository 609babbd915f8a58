package io.gantry.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** Judges answers in the words of JSON:API. */
public final class AnswerAssert extends AbstractAssert<AnswerAssert, Answer> {

    AnswerAssert(Answer answer) {
        super(answer, AnswerAssert.class);
        as("%s", answer);
    }

    public AnswerAssert hasStatus(int status) {
        assertThat(actual.status()).as(descriptionText()).isEqualTo(status);
        return this;
    }

    /** One of its errors has this code, and they all have the answer's status. */
    public ErrorAssert hasError(String code) {
        List<JsonNode> matching = new ArrayList<>();
        for (JsonNode error : actual.json().path("errors")) {
            if (error.path("code").asText().equals(code)) {
                matching.add(error);
            }
        }
        assertThat(matching).as("errors %s in %s", code, descriptionText()).isNotEmpty();
        return new ErrorAssert(matching);
    }

    /** It has exactly so many errors. */
    public AnswerAssert hasErrors(int count) {
        assertThat(actual.json().path("errors")).as(descriptionText()).hasSize(count);
        return this;
    }

    /** An attribute of the one resource has this value, as text; nested names with dots. */
    public AnswerAssert hasAttribute(String name, Object value) {
        assertThat(actual.attribute(name).asText())
                .as("%s in %s", name, descriptionText())
                .isEqualTo(value.toString());
        return this;
    }

    public AnswerAssert hasNull(String attribute) {
        assertThat(actual.attribute(attribute).isNull())
                .as("%s is null in %s", attribute, descriptionText())
                .isTrue();
        return this;
    }

    public AnswerAssert hasHeader(String name, String value) {
        assertThat(actual.header(name)).as(name).contains(value);
        return this;
    }

    public AnswerAssert hasHeader(String name) {
        assertThat(actual.header(name)).as(name).isPresent();
        return this;
    }

    public AnswerAssert hasText(String text) {
        Assertions.assertThat(actual.text()).isEqualTo(text);
        return this;
    }

    /** Judges the errors of one code. */
    public static final class ErrorAssert {

        private final List<JsonNode> errors;

        private ErrorAssert(List<JsonNode> errors) {
            this.errors = errors;
        }

        /** One of them is at this place: a pointer, a parameter or a header. */
        public ErrorAssert at(String place) {
            assertThat(errors)
                    .extracting(error -> error.path("source"))
                    .anySatisfy(source -> assertThat(List.of(
                                    source.path("pointer").asText("-"),
                                    source.path("parameter").asText("-"),
                                    source.path("header").asText("-")))
                            .contains(place));
            return this;
        }

        /** One of them says this in its detail. */
        public ErrorAssert saying(String words) {
            assertThat(errors)
                    .extracting(error -> error.path("detail").asText())
                    .anySatisfy(detail -> assertThat(detail).contains(words));
            return this;
        }
    }
}
