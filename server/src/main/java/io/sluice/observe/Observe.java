package io.sluice.observe;

/** Where observations go. Must not throw and must not block. */
public interface Observe {
    void happened(Observation observation);
}
