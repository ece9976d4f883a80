package io.sluice.testing;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Set;

/**
 * Servers that a test needs and that not every machine has. Where the system property {@code backends} names one
 * ({@code -Dbackends=vsftpd,azurite}), that it is missing is a failure; elsewhere the test is skipped with the reason.
 */
public final class Backends {
    private static final Set<String> REQUIRED =
            Set.of(System.getProperty("backends", "").trim().split("[,\\s]+"));

    private Backends() {}

    /**
     * Goes on when the backend is here.
     *
     * @param missing what this machine lacks, and where it comes from
     */
    public static void need(String name, boolean here, String missing) {
        if (here) {
            return;
        }
        if (isRequired(name)) {
            fail("the backend '" + name + "' must be here, and is not: " + missing);
        }
        abort("without the backend '" + name + "': " + missing);
    }

    /** This run must not go without that backend. */
    public static boolean isRequired(String name) {
        return REQUIRED.contains(name);
    }
}
