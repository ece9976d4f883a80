package io.sluice.service.file;

import io.sluice.api.Rights;
import io.sluice.api.RowRule;
import io.sluice.api.Verb;
import java.util.Optional;

/** All verbs on one folder and what is below it, and nothing else. */
record RightsBelow(String folder) implements Rights {
    @Override
    public int mask(String component) {
        return component.startsWith(folder) ? 31 : 0;
    }

    @Override
    public Optional<RowRule> rows(Verb verb, String component) {
        return Optional.empty();
    }
}
