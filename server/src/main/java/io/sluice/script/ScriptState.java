package io.sluice.script;

import java.util.Locale;

/** How a script stands with its source. */
public enum ScriptState {
    /** The current version is what the source had at the last look. */
    LIVE,
    /** The source was not looked at since the script was saved or cleared, or could not be asked. */
    STALE,
    /** The source has a text that was turned down. */
    REFUSED,
    /** The source says that there is no such text. */
    MISSING;

    /** As records spell it: {@code live}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ScriptState parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
