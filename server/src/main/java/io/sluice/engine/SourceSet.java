package io.sluice.engine;

import java.util.Map;

/**
 * The text of a script and of everything that it imports, at one version.
 *
 * @param name how messages and stack traces call the entry, such as {@code orders.js}
 * @param path where the entry lies in its tree, such as {@code sales/orders.js}; empty for a text that lies in none
 * @param language as in {@code script_type}: {@code nodejs}, …
 * @param text the entry
 * @param siblings the texts that it imports, directly or through others, by their paths in the tree
 */
public record SourceSet(String name, String path, String language, String text, Map<String, String> siblings) {
    public SourceSet {
        siblings = Map.copyOf(siblings);
    }

    /** A text that lies in no tree, so has nothing to import. */
    public SourceSet(String name, String language, String text, Map<String, String> siblings) {
        this(name, "", language, text, siblings);
    }

    public SourceSet with(Map<String, String> otherSiblings) {
        return new SourceSet(name, path, language, text, otherSiblings);
    }
}
