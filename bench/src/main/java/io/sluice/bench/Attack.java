package io.sluice.bench;

/**
 * What came of one hostile script.
 *
 * @param said status and start of its answer, for a message
 * @param millis that its call took
 * @param beyond of these beyond its time limit
 * @param right it ended as it should
 * @param unseen the run after it saw what the run before it did
 * @param made calls of others that were answered meanwhile, of each kind
 */
record Attack(
        HostileScript script, String said, double millis, double beyond, boolean right, boolean unseen, long[] made) {
    @Override
    public String toString() {
        return script.name() + " (" + said + ")";
    }
}
