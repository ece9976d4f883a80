package io.sluice.script;

import io.sluice.engine.SourceSet;
import io.sluice.engine.Tree;
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
    private final Tree source;

    /**
     * @param ids Git object ids by path
     * @param kept the current version's texts
     * @param source for the others
     */
    KnownTree(Map<String, String> ids, SourceSet kept, String commit, Tree source) {
        this.ids = ids;
        this.kept = kept;
        this.commit = commit;
        this.source = source;
    }

    /** The entry, when the file at that path still is the current version's. */
    Optional<String> entry(String path) {
        return path.equals(kept.path()) && isStill(path, kept.text()) ? Optional.of(kept.text()) : Optional.empty();
    }

    @Override
    public Leaf leaf(String path) {
        if (!ids.containsKey(path)) {
            return new Leaf.None("there is no " + path + " at commit " + Version.shorten(commit));
        }
        String known = kept.siblings().get(path);
        return known != null && isStill(path, known) ? new Leaf.Text(known) : source.leaf(path);
    }

    private boolean isStill(String path, String text) {
        String id = ids.get(path);
        return id != null && BlobId.is(id, text);
    }
}
