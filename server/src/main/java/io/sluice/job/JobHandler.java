package io.sluice.job;

/** Does jobs of one kind. Called on several threads at once. */
public interface JobHandler {
    /** The kind that it does. */
    String kind();

    /**
     * Does it, once more when an earlier try failed or was cut off: what it does must bear repetition as well as the work allows. An
     * exception is a failure.
     */
    Outcome run(Try job);

    /**
     * One try of a job.
     *
     * @param id the same in each try
     * @param number from 1
     * @param payload as it was given to the queue
     */
    record Try(long id, int number, String name, String payload) {}

    /** What came of a try. */
    sealed interface Outcome {
        /** @param how in plain words: {@code ok} */
        record Done(String how) implements Outcome {}

        /** It may do better next time. */
        record Failed(String why) implements Outcome {}

        /** It did not begin, since something that it needs was taken: that is no try, and it is due again soon. */
        record Postponed(String why) implements Outcome {}

        /** Trying again is of no use: it becomes a dead letter at once. */
        record Refused(String why) implements Outcome {}
    }
}
