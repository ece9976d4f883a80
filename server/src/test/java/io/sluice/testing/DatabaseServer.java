package io.sluice.testing;

import java.util.Map;

/** A real database server (or file) for tests. Each database that it makes is empty and belongs to the test that asked. */
public interface DatabaseServer {
    /** The service type that speaks to it. */
    String type();

    /** Makes an empty database; the config of a service over it. */
    Map<String, Object> newDatabase();

    /** Takes everything out of that database again: cheaper than a new one. */
    void empty(Map<String, Object> config);

    /** Runs statements, separated by semicolons, in the database of that config. */
    void run(Map<String, Object> config, String statements);
}
