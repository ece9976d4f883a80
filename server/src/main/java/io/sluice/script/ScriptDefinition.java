package io.sluice.script;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The record of a script: everything but its versions.
 *
 * @param type script language
 * @param content the stored text, ignored while linked
 * @param link where the text lives when it is not stored here
 * @param onFetchError what happens when a linked text cannot be had: {@code last_good}, {@code fail}, {@code skip}
 * @param pollSeconds null: never
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
        List<String> outbound) {

    /** A place in a file service or a Git service. Repository and reference are empty for file services. */
    public record Link(long serviceId, String repository, String reference, String path) {}

    /** The choices of {@code on_fetch_error}. */
    public enum OnFetchError {
        LAST_GOOD,
        FAIL,
        SKIP
    }
}
