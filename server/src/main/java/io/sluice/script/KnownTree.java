package io.sluice.script;

import io.sluice.engine.SourceSet;
import io.sluice.engine.Tree;
import io.sluice.service.TextSource.Reading;
import java.util.Map;
import java.util.Optional;

/**
 * The files at a commit whose list the host has told: what is not in it costs no question, and what is as it was in the current
 * version no read. For one look.
 */
final class KnownTree implements Tree {
    private final Map<String, String> ids;
    private final SourceSet kept;
    private final String commit;
    private final LinkedTree source;

    /**
     * @param ids Git object ids by path
     * @param kept the current version's texts
     * @param source for the others
     */
    KnownTree(Map<String, String> ids, SourceSet kept, String commit, LinkedTree source) {
        this.ids = ids;
        this.kept = kept;
        this.commit = commit;
        this.source = source;
    }

    /** The entry, when the file at that path still is the current version's. */
    Optional<String> entry(String path) {
        return path.equals(kept.path()) && isStill(path, kept.text()) ? Optional.of(kept.text()) : Optional.empty();
    }

    /** @throws LinkedTree.Unanswered when the host does not give out a file that it lists */
    @Override
    public Leaf leaf(String path) {
        if (!lists(path)) {
            return new Leaf.None("there is no " + path + " at commit " + Version.shorten(commit));
        }
        String known = kept.siblings().get(path);
        return known != null && isStill(path, known) ? new Leaf.Text(known) : read(path);
    }

    private Leaf read(String path) {
        Reading reading = source.reading(path);
        if (reading instanceof Reading.Missing missing) {
            throw new LinkedTree.Unanswered(withheld(path, missing.why()));
        }
        return LinkedTree.leaf(reading);
    }

    /** Whether the host's list has a regular file there. */
    boolean lists(String path) {
        return ids.containsKey(path);
    }

    /** Parts of a host that lag behind the others: the file will be there. */
    static String withheld(String path, String why) {
        return "the host lists " + path + " but does not give it out: " + why;
    }

    private boolean isStill(String path, String text) {
        String id = ids.get(path);
        return id != null && BlobId.is(id, text);
    }
}
