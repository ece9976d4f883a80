package io.sluice.engine;

/**
 * What one run may use.
 *
 * @param deadlineNanos as of {@link System#nanoTime}; wall time, nested calls and database waits included
 * @param timeoutMillis the limit that led to the deadline, for messages
 * @param memoryBytes bytes that the run may allocate in all
 */
public record Limits(long deadlineNanos, long timeoutMillis, long memoryBytes) {}
