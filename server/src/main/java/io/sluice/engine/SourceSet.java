package io.sluice.engine;

import java.util.Map;

/**
 * The text of a script and of everything that it imports, at one version.
 *
 * @param name how messages and stack traces call the entry, such as {@code orders.js}
 * @param language as in {@code script_type}: {@code nodejs}, …
 * @param text the entry
 * @param siblings further texts by relative path; empty until imports are supported
 */
public record SourceSet(String name, String language, String text, Map<String, String> siblings) {
    public SourceSet {
        siblings = Map.copyOf(siblings);
    }
}
