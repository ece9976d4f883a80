package io.sluice.script;

import io.sluice.engine.SourceSet;
import java.util.OptionalInt;

/**
 * A text that may be run dry, and the record under whose limits.
 *
 * @param version its number, when it is a kept one
 */
public record Draft(ScriptDefinition script, SourceSet source, OptionalInt version) {

    /** Which text of a script. */
    public sealed interface Which {}

    /** The stored text, or the one that is live. */
    public record Current() implements Which {}

    public record Kept(int version) implements Which {}

    /** @param type empty: that of the record */
    public record Given(String content, String type) implements Which {}
}
