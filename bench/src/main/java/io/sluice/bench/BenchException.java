package io.sluice.bench;

/** Why nothing could be measured, in words for who runs the benchmark. */
final class BenchException extends RuntimeException {
    BenchException(String message) {
        super(message);
    }

    BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
