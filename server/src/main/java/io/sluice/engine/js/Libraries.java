package io.sluice.engine.js;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The libraries that come with the server, as scripts name them: the file of {@code lib/} that holds each, or {@code lodash/map} for one
 * function of it.
 */
final class Libraries {
    private static final Map<String, List<String>> NAMES = Map.of(
            "lodash",
            List.of(
                    "lodash",
                    "lodash.js",
                    "lodash.min",
                    "lodash.min.js",
                    "lodash-es",
                    "lodash/lodash",
                    "lodash/lodash.js"),
            "underscore",
            List.of("underscore", "underscore.js", "underscore-min", "underscore-min.js"));

    /** The only one whose functions old scripts name one by one. */
    private static final List<String> BY_FUNCTION = List.of("lodash/", "lodash-es/");

    /** Told by lists in {@code lib/}, so that a module can be linked before the library is evaluated. */
    private static final Map<String, Set<String>> EXPORTED =
            NAMES.keySet().stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Libraries::listed));

    private Libraries() {}

    private static Set<String> listed(String library) {
        return Set.of(JsRuntime.text("lib/" + library + ".names").split("\\s+"));
    }

    /** {@code lodash} or {@code lodash/map}; null when no library has that name. */
    static @Nullable String named(String specifier) {
        return NAMES.entrySet().stream()
                .filter(one -> one.getValue().contains(specifier))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> function(specifier));
    }

    private static @Nullable String function(String specifier) {
        return BY_FUNCTION.stream()
                .filter(specifier::startsWith)
                .map(begin -> specifier.substring(begin.length()).replaceFirst("\\.js$", ""))
                .filter(exported("lodash")::contains)
                .map(name -> "lodash/" + name)
                .findFirst()
                .orElse(null);
    }

    /** The names that an {@code import} of it finds beside its default; a single function has none. */
    static Set<String> exported(String library) {
        return EXPORTED.getOrDefault(library, Set.of());
    }

    /** The library that the name is of: {@code lodash} of {@code lodash/map}. */
    static String of(String name) {
        return name.replaceFirst("/.*", "");
    }
}
