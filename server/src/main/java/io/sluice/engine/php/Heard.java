package io.sluice.engine.php;

/** What came from a worker. */
sealed interface Heard {
    /** A message of {@code bootstrap.php}: its kind, and its JSON from the second byte on. */
    record Message(byte[] bytes) implements Heard {
        char kind() {
            return bytes.length == 0 ? '?' : (char) bytes[0];
        }
    }

    /** Text that the script printed. */
    record Printed(String text) implements Heard {}

    /** What PHP logged: warnings, errors, and what the script gave to {@code error_log}. */
    record Logged(String text) implements Heard {}

    /** It wrote more than a run may. */
    record TooMuch() implements Heard {}

    /** The run is over and the worker can serve another. */
    record Over() implements Heard {}
}
