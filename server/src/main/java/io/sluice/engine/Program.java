package io.sluice.engine;

/** A compiled script, ready to run any number of times, also at the same time. Thread-safe. */
public interface Program extends AutoCloseable {
    /**
     * Runs it once. Never throws for what a script does; the outcome says it. The calling thread waits. Called from within a
     * script's {@code platform.api} call, it runs on that script's own thread and permit, so runs never wait for each other.
     */
    Run run(Invocation invocation);

    /** Gives back what was made ahead for this program. Runs under way end normally. */
    @Override
    void close();
}
