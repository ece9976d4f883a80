package io.sluice.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The deliveries of one repository: those that are looked at, those that wait for the next look, those that wait to be tried again. Guarded by itself. */
final class Line {
    private final List<Ask> waiting = new ArrayList<>();
    private final List<Ask> putOff = new ArrayList<>();
    private boolean looking;
    private boolean pausing;
    private int failures;

    /** Whether a look has to be begun for it: otherwise the one that is under way is followed by another. */
    synchronized boolean add(Ask ask) {
        waiting.add(ask);
        return begin();
    }

    /** The pause is over: whether a look has to be begun for what was put off. */
    synchronized boolean again() {
        pausing = false;
        return !putOff.isEmpty() && begin();
    }

    private boolean begin() {
        boolean first = !looking;
        looking = true;
        return first;
    }

    /** All that one look can serve; none ends the looking. Where somebody new waits, it serves those in their pause too. */
    synchronized List<Ask> next() {
        List<Ask> all = waiting.isEmpty() && pausing ? List.of() : taken();
        looking = !all.isEmpty();
        return all;
    }

    /** What was put off, though nobody new waits. */
    synchronized List<Ask> first() {
        return taken();
    }

    private List<Ask> taken() {
        List<Ask> all = new ArrayList<>();
        putOff.forEach(ask -> all.add(ask.early(pausing)));
        all.addAll(waiting);
        putOff.clear();
        waiting.clear();
        return all;
    }

    /** How many looks failed in a row, this one included; empty when the pause is one that has begun before. */
    synchronized OptionalInt putOff(List<Ask> asks) {
        putOff.addAll(asks);
        if (pausing) {
            return OptionalInt.empty();
        }
        pausing = true;
        return OptionalInt.of(++failures);
    }

    synchronized void succeeded() {
        failures = 0;
    }

    /** Nothing is left to do here. */
    synchronized boolean isIdle() {
        return !looking && waiting.isEmpty() && putOff.isEmpty();
    }
}
