package io.gantry;

import io.gantry.invariant.Guard;
import io.gantry.invariant.Rule;
import io.gantry.metrics.Metrics;

/** Passes what was seen of the rules on to those who count it. */
record RuleNews(Metrics metrics) implements Guard.Listener {

    @Override
    public void looked(Rule rule, boolean broken) {
        metrics.lookedAtInvariant(rule.name(), broken);
    }

    @Override
    public void couldNotLook(Rule rule, int times) {
        metrics.couldNotLookAtInvariant(rule.name(), times);
    }
}
