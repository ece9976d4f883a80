package io.sluice.service.git;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;

/** What a reference may stand for: a branch comes before a tag of the same name. */
final class RefNames {
    private RefNames() {}

    static List<String> candidates(String reference) {
        if (reference.isEmpty()) {
            return List.of(Constants.HEAD);
        }
        return reference.startsWith(Constants.R_REFS)
                ? List.of(reference)
                : List.of(Constants.R_HEADS + reference, Constants.R_TAGS + reference);
    }

    /** The references with that beginning as they are called without it, by name; tags stand for the commit that they are around. */
    static List<NamedCommit> commits(Collection<Ref> refs, String prefix) {
        return refs.stream()
                .filter(ref -> ref.getName().startsWith(prefix))
                .flatMap(ref ->
                        commit(ref)
                                .map(id -> new NamedCommit(ref.getName().substring(prefix.length()), id.name()))
                                .stream())
                .sorted(Comparator.comparing(NamedCommit::name))
                .toList();
    }

    /** What a reference points at, as far as it is known: the commit that a tag is around rather than the tag. */
    static Optional<ObjectId> commit(Ref ref) {
        return Optional.ofNullable(ref.getPeeledObjectId()).or(() -> Optional.ofNullable(ref.getObjectId()));
    }

    /** The branch that {@code HEAD} stands for. */
    static Optional<String> branchOf(@Nullable Ref head) {
        return Optional.ofNullable(head)
                .filter(Ref::isSymbolic)
                .map(ref -> ref.getTarget().getName())
                .filter(name -> name.startsWith(Constants.R_HEADS))
                .map(name -> name.substring(Constants.R_HEADS.length()));
    }

    static NotRead unknown(Spot spot) {
        String repository = Spot.shown(spot.repository());
        if (spot.reference().isEmpty()) {
            return NotRead.missing("the repository " + repository + " has no commits on its default branch yet");
        }
        String hint = spot.reference().matches("[0-9a-f]{4,39}") ? " (a commit needs all 40 digits)" : "";
        return NotRead.missing(
                "there is no branch or tag '" + Spot.shown(spot.reference()) + "' in " + repository + hint);
    }
}
