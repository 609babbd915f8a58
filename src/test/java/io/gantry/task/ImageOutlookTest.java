package io.gantry.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageOutlookTest {

    @ParameterizedTest
    @EnumSource
    void an_image_that_the_engine_refuses_fails_the_run(PullPolicy policy) {
        ImageOutlook image = new ImageOutlook(policy, new ImagePresence.Refused("invalid reference format"));

        assertThat(image.isPresent()).isEmpty();
        assertThat(image.willBePulled()).contains(false);
        assertThat(image.clause())
                .isEqualTo("it would fail, since the container engine refuses its image (invalid reference format)");
    }

    @ParameterizedTest
    @CsvSource({"MISSING, true, true", "ALWAYS, true, true", "NEVER, false, false"})
    void one_that_is_not_there_is_pulled_as_the_policy_says(PullPolicy policy, boolean pulled, boolean works) {
        ImageOutlook image = new ImageOutlook(policy, new ImagePresence.Absent());

        assertThat(image.isPresent()).contains(false);
        assertThat(image.willBePulled()).contains(pulled);
        assertThat(image.clause().startsWith("it would fail")).isNotEqualTo(works);
    }

    @Test
    void of_an_engine_that_cannot_be_asked_nothing_is_known() {
        ImageOutlook image = new ImageOutlook(PullPolicy.MISSING, new ImagePresence.Unknown());

        assertThat(image.isPresent()).isEmpty();
        assertThat(image.willBePulled()).isEmpty();
        assertThat(image.clause()).endsWith("the container engine can't be asked");
    }
}
