package io.sluice.engine.js;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The libraries that come with the server, as old scripts name them: the file of {@code lib/} that holds each. */
final class Libraries {
    private static final Map<String, List<String>> NAMES = Map.of(
            "lodash", List.of("lodash", "lodash.js", "lodash.min", "lodash.min.js"),
            "underscore", List.of("underscore", "underscore.js", "underscore-min", "underscore-min.js"));

    private Libraries() {}

    /** The file's name without its ending; null when no library has that name. */
    static @Nullable String named(String specifier) {
        return NAMES.entrySet().stream()
                .filter(one -> one.getValue().contains(specifier))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
