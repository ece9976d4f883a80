package io.sluice.engine.php;

import io.sluice.engine.process.Child;
import io.sluice.engine.process.WorkerPool;
import java.io.IOException;

/** A PHP that runs {@code bootstrap.php}, one run at a time. */
interface PhpWorker extends WorkerPool.Worker {
    /** Of the longest message that a worker may send. */
    int LONGEST_MESSAGE = 64 << 20;

    /** What a script may print; beyond it the run is ended, since only the first 64 KB are kept anyway. */
    long MOST_PRINTED = 16 << 20;

    Child child();

    /**
     * Begins a run.
     *
     * @param work {@code run} or {@code check}
     * @param memoryBytes that PHP itself grants the script
     */
    void begin(String work, long memoryBytes, long timeoutMillis) throws IOException;

    /** Sends a message: the input of the run, or the answer to a call. */
    void send(byte[] message) throws IOException;

    /** No message comes any more; to be called when the result is there. */
    void endOfMessages() throws IOException;

    /** Waits for what comes next. The end of the process is an {@link java.io.EOFException}. */
    Heard hear() throws IOException;

    /** What was printed and logged before the process ended. */
    java.util.List<Heard> rest();

    /** Whether it can serve another run once this one is {@link Heard.Over}. */
    boolean reusable();
}
