package io.sluice.service.file;

/**
 * How much may come out of an archive.
 *
 * @param entries files and folders
 * @param bytes of all files together
 * @param ratio of bytes unpacked to bytes packed, for each file and for all together; small ones may be packed tighter
 * @param depth folders inside of folders
 */
record ArchiveLimits(int entries, long bytes, int ratio, int depth) {
    static final ArchiveLimits STANDARD = new ArchiveLimits(10_000, 5L << 30, 200, 32);

    /** What is so small does no harm, however tightly it was packed. */
    private static final long SMALL = 1 << 20;

    boolean isTooTight(long unpacked, long packed) {
        return unpacked > SMALL && unpacked / ratio > packed;
    }
}
