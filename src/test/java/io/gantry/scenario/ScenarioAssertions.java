package io.gantry.scenario;

/** Where scenarios get their assertions from; AssertJ's own are imported beside them. */
public final class ScenarioAssertions {

    private ScenarioAssertions() {}

    public static AnswerAssert assertThat(Answer answer) {
        return new AnswerAssert(answer);
    }
}
