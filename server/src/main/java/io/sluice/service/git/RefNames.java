package io.sluice.service.git;

import java.util.List;
import org.eclipse.jgit.lib.Constants;

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
