package io.sluice.engine.js;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What a {@code package.json} says of where a package's code is: {@code exports}, {@code module}, {@code main}. Pure. */
record Manifest(Map<?, ?> fields) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> IMPORTED = Set.of("import", "module", "module-sync", "default");
    private static final Set<String> REQUIRED = Set.of("require", "module-sync", "default");

    /** One that is not JSON says nothing, as a folder without one. */
    static Manifest read(String text) {
        try {
            return new Manifest(JSON.readValue(text, Object.class) instanceof Map<?, ?> map ? map : Map.of());
        } catch (JacksonException e) {
            return new Manifest(Map.of());
        }
    }

    /** Only what {@code exports} lists can be imported. */
    boolean limits() {
        return fields.get("exports") != null;
    }

    boolean isModule() {
        return "module".equals(fields.get("type"));
    }

    Optional<String> main(boolean imported) {
        if (imported && fields.get("module") instanceof String module) {
            return Optional.of(module);
        }
        return fields.get("main") instanceof String main ? Optional.of(main) : Optional.empty();
    }

    /** @param within the path below the package, empty for the package itself */
    Optional<String> exported(String within, boolean imported) {
        @Nullable Object exports = fields.get("exports");
        if (!(exports instanceof Map<?, ?> paths)
                || paths.keySet().stream().noneMatch(key -> String.valueOf(key).startsWith("."))) {
            return within.isEmpty() ? target(exports, "", imported) : Optional.empty();
        }
        String wanted = within.isEmpty() ? "." : "./" + within;
        return paths.containsKey(wanted) ? target(paths.get(wanted), "", imported) : pattern(paths, wanted, imported);
    }

    /** The longest pattern such as {@code ./lib/*} that fits. */
    private static Optional<String> pattern(Map<?, ?> paths, String wanted, boolean imported) {
        String best = "";
        String star = "";
        for (Object key : paths.keySet()) {
            String pattern = String.valueOf(key);
            int at = pattern.indexOf('*');
            if (at < 0 || pattern.length() <= best.length()) {
                continue;
            }
            String after = pattern.substring(at + 1);
            if (wanted.startsWith(pattern.substring(0, at))
                    && wanted.endsWith(after)
                    && wanted.length() >= pattern.length()) {
                best = pattern;
                star = wanted.substring(at, wanted.length() - after.length());
            }
        }
        return best.isEmpty() ? Optional.empty() : target(paths.get(best), star, imported);
    }

    /** The first condition that holds here decides; those for Node.js or a browser only when nothing else is offered. */
    private static Optional<String> target(@Nullable Object target, String star, boolean imported) {
        return target(target, star, imported ? IMPORTED : REQUIRED)
                .or(() -> target(target, star, Set.of("import", "require", "default", "node", "browser")));
    }

    private static Optional<String> target(@Nullable Object target, String star, Set<String> conditions) {
        return switch (target) {
            case String path -> Optional.of(path.replace("*", star));
            case List<?> some ->
                some.stream()
                        .flatMap(one -> target(one, star, conditions).stream())
                        .findFirst();
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .filter(one -> conditions.contains(String.valueOf(one.getKey())))
                        .flatMap(one -> target(one.getValue(), star, conditions).stream())
                        .findFirst();
            case null, default -> Optional.empty();
        };
    }
}
