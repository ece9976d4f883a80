package io.sluice.testing;

import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was observed, for asking afterwards: which, and how often. */
public final class Observed implements Observe {
    private final List<Observation> all = new CopyOnWriteArrayList<>();

    @Override
    public void happened(Observation observation) {
        all.add(observation);
    }

    public <T extends Observation> List<T> of(Class<T> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public <T extends Observation> int count(Class<T> kind) {
        return of(kind).size();
    }

    public void forget() {
        all.clear();
    }
}
