package io.sluice.app.scripts;

/** What was asked for cannot be done, in plain words: a file that cannot be read, a field that does not exist. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
