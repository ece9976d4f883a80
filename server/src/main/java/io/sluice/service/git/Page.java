package io.sluice.service.git;

import java.util.List;

/** A part of a list. Pages count from 1. */
record Page(long number, int size) {
    long skipped() {
        return (number - 1) * size;
    }

    <T> List<T> of(List<T> all) {
        return all.stream().skip(skipped()).limit(size).toList();
    }
}
