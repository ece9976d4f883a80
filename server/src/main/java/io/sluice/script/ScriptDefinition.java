package io.sluice.script;

import io.sluice.service.TextSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The record of a script: everything but its versions.
 *
 * @param type script language
 * @param content the stored text, ignored while linked
 * @param link where the text lives when it is not stored here
 * @param onFetchError what happens when a linked text cannot be had: {@code last_good}, {@code fail}, {@code skip}
 * @param pollSeconds null: never
 * @param release what a bad text of this script means for the others of its push
 */
public record ScriptDefinition(
        ScriptId id,
        String type,
        String content,
        Optional<Link> link,
        boolean active,
        boolean allowEventModification,
        Map<String, @Nullable Object> config,
        OnFetchError onFetchError,
        OptionalLong pollSeconds,
        long timeoutMillis,
        long memoryMegabytes,
        String isolation,
        boolean allowSystem,
        List<String> outbound,
        ReleaseRule release) {

    /** Whether the text lives elsewhere: a service and a path are named. */
    public boolean linked() {
        return link.filter(place -> !place.address().path().isEmpty()).isPresent();
    }

    /** The private lookups that this script may know: {@code config.lookups}, a list of names. */
    public List<String> declaredLookups() {
        return config.get("lookups") instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** A place in a file service or a Git service. Repository and reference are empty for file services. */
    public record Link(long serviceId, String repository, String reference, String path) {

        /** The same place for all scripts of one branch that spell it alike. */
        Link ofBranch() {
            return new Link(serviceId, repository, reference, "");
        }

        /** What the service is asked for; slashes at both ends of the path do not count. */
        public TextSource.Address address() {
            int from = 0;
            int to = path.length();
            while (from < to && path.charAt(from) == '/') {
                from++;
            }
            while (to > from && path.charAt(to - 1) == '/') {
                to--;
            }
            return new TextSource.Address(
                    repository, reference, path.substring(from, to).trim());
        }
    }

    /** What happens when a linked text cannot be had. */
    public enum OnFetchError {
        /** The last good version runs; with none the call fails with 503. The default. */
        LAST_GOOD,
        /** The call fails with 503, even with a good version. */
        FAIL,
        /** The last good version runs; with none the call goes on without the script. */
        SKIP;

        /** As records spell it: {@code last_good}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<OnFetchError> parse(String word) {
            return Stream.of(values()).filter(one -> one.word().equals(word)).findFirst();
        }
    }

    /** What a bad text of a script means for the others that the same push changed. */
    public enum ReleaseRule {
        /** None of them is taken over. The default. */
        WHOLE,
        /** Nothing: this script alone stays as it is. */
        ALONE;

        /** As records spell it: {@code whole}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<ReleaseRule> parse(String word) {
            return Stream.of(values()).filter(one -> one.word().equals(word)).findFirst();
        }
    }
}
