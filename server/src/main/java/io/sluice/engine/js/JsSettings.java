package io.sluice.engine.js;

/**
 * How JavaScript runs on this server.
 *
 * @param slots threads that run scripts, so runs at the same time; nested runs need none of their own
 * @param prefab contexts made ahead for each script that is hot; 0 makes none
 * @param hotRunsPerSecond a script that runs more often than this in a second is hot
 * @param idleMillis contexts made ahead are given back when the script did not run for so long
 * @param hardenedContexts contexts at most, of all scripts, that are hardened and used for many runs
 * @param runsPerContext runs after which a hardened context is replaced
 * @param maxStringLength characters of the longest string; one built-in call can fill one before any limit is looked at
 * @param maxTypedArrayLength elements of the longest typed array and bytes of the longest buffer
 */
public record JsSettings(
        int slots,
        int prefab,
        int hotRunsPerSecond,
        long idleMillis,
        int hardenedContexts,
        int runsPerContext,
        int maxStringLength,
        int maxTypedArrayLength) {

    public JsSettings {
        if (slots < 1 || prefab < 0 || hotRunsPerSecond < 0 || maxStringLength < 1024 || maxTypedArrayLength < 1024) {
            throw new IllegalArgumentException("JavaScript settings out of range");
        }
    }

    /** One thread for each core, at least two. */
    public static JsSettings defaults() {
        int slots = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new JsSettings(slots, 16, 3, 10_000, 128, 1_000, 16 << 20, 16 << 20);
    }

    public JsSettings withSlots(int number) {
        return new JsSettings(
                number,
                prefab,
                hotRunsPerSecond,
                idleMillis,
                hardenedContexts,
                runsPerContext,
                maxStringLength,
                maxTypedArrayLength);
    }

    public JsSettings withPrefab(int number) {
        return new JsSettings(
                slots,
                number,
                hotRunsPerSecond,
                idleMillis,
                hardenedContexts,
                runsPerContext,
                maxStringLength,
                maxTypedArrayLength);
    }
}
