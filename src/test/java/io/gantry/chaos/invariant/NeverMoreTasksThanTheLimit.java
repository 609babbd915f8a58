package io.gantry.chaos.invariant;

import io.gantry.chaos.observer.History;
import io.gantry.chaos.observer.Sample;
import java.util.stream.Stream;

/** At no moment are more tasks stored than may be, and the ledger's count is right. */
final class NeverMoreTasksThanTheLimit implements Invariant {

    @Override
    public Stream<String> breaches(History history) {
        return history.samples().stream()
                .filter(sample -> sample.tasks().size() > history.limits().tasks()
                        || sample.counted() != sample.tasks().size())
                .map(NeverMoreTasksThanTheLimit::told);
    }

    private static String told(Sample sample) {
        return sample.tasks().size() + " tasks were stored and " + sample.counted() + " counted at " + sample.at();
    }
}
