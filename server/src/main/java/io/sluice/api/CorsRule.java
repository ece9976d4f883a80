package io.sluice.api;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which pages of other origins may call below a path. Immutable.
 *
 * @param path as its record has it; the longest one that fits decides
 * @param pattern what the path of a call, without its leading slash, must match as a whole
 * @param origins {@code *} for any
 * @param headers that a page may send, {@code *} for any
 * @param exposed headers that a page may read
 * @param maxAge how long, in seconds, a browser may remember; 0 leaves it to the browser
 * @param credentials cookies and logins of the browser may come along
 */
public record CorsRule(
        String path,
        Pattern pattern,
        List<String> origins,
        List<String> headers,
        List<String> exposed,
        Set<Verb> verbs,
        long maxAge,
        boolean credentials) {

    /** A path as records have it: with {@code ^} in front a regular expression in any case, else {@code *} stands for any text. */
    public static Pattern pattern(String path) {
        if (path.startsWith("^")) {
            return Pattern.compile(path + ".*", Pattern.CASE_INSENSITIVE);
        }
        String plain = path.startsWith("/") ? path.substring(1) : path;
        String[] parts = plain.split("\\*", -1);
        return Pattern.compile(
                String.join(".*", Arrays.stream(parts).map(Pattern::quote).toList()));
    }

    /** The rule that decides about a path, the leading slash left out. */
    public static Optional<CorsRule> best(List<CorsRule> rules, String path) {
        return rules.stream()
                .filter(rule -> rule.pattern().matcher(path).matches())
                .max(Comparator.comparingInt(rule -> rule.path().length()));
    }

    public boolean allows(String origin) {
        return origins.contains("*") || origins.stream().anyMatch(origin::equalsIgnoreCase);
    }

    /** The answer holds for this origin only and must not be remembered for others. */
    public boolean echoes() {
        return credentials || !origins.equals(List.of("*"));
    }
}
