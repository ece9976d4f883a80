package io.sluice.service.git;

import io.sluice.service.GitHost.Ancestry;
import java.util.Optional;

/** What the newest commit that two come from says of them. */
final class MergeBase {
    private MergeBase() {}

    static Ancestry ancestry(Optional<String> base, String older, String newer) {
        if (base.isEmpty()) {
            return Ancestry.UNKNOWN;
        }
        if (base.get().equals(older)) {
            return Ancestry.AFTER;
        }
        return base.get().equals(newer) ? Ancestry.BEFORE : Ancestry.APART;
    }
}
