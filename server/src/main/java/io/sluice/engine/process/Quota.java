package io.sluice.engine.process;

/**
 * What the operating system grants a child.
 *
 * @param addressBytes address space of each of its processes; 0 for no limit
 * @param processes processes and threads in all
 * @param files open files of each process
 * @param scratchBytes what it may keep in its temporary folder, and the largest file
 */
public record Quota(long addressBytes, int processes, int files, long scratchBytes) {
    private static final int PROCESSES = 32;
    private static final int FILES = 128;
    private static final long SCRATCH = 64L << 20;

    public static Quota ofMemory(long addressBytes) {
        return new Quota(addressBytes, PROCESSES, FILES, SCRATCH);
    }
}
