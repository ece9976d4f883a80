package io.sluice.script;

import io.sluice.script.Survey.Head;
import io.sluice.script.Texts.Text;
import java.util.Optional;

/**
 * What a look is after: the text of a script, if it is another than the current one.
 *
 * @param current the version that runs
 * @param commit where the current version was found last
 * @param believed what was doubted for so long that somebody must have meant it: the older commit that the branch points at, or the one that its host lacks
 */
record Sought(
        ScriptDefinition script,
        Optional<Version> current,
        Optional<String> commit,
        Optional<String> believed,
        Manner manner) {

    /** Whatever the source has. */
    static Sought anew(ScriptDefinition script) {
        return new Sought(script, Optional.empty(), Optional.empty(), Optional.empty(), Manner.ON_REQUEST);
    }

    boolean isAt(String head) {
        return current.isPresent() && commit.filter(head::equals).isPresent();
    }

    /**
     * What came of it.
     *
     * @param head the commit that it holds for, of a script in Git
     * @param doubted an older commit than the current version's, at which the branch is now; or the current version's own, when the host lacks it
     */
    record Sight(Text text, Optional<Head> head, Optional<String> doubted) {
        static Sight of(Text text) {
            return new Sight(text, Optional.empty(), Optional.empty());
        }
    }
}
