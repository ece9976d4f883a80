package io.sluice.script;

import io.sluice.script.ScriptDefinition.Link;
import io.sluice.service.GitHost;
import java.util.List;
import java.util.Optional;

/**
 * A branch or tag that scripts are linked to, by one name however their records spell it.
 *
 * @param repository as the host itself calls it
 * @param reference {@code main}, {@code refs/tags/v1}; empty: the default branch of a host that does not tell its name
 */
record Branch(long serviceId, String repository, String reference) {
    private static final String HEADS = "refs/heads/";
    private static final String TAGS = "refs/tags/";

    static Branch of(Link link, GitHost host) {
        String reference = isDefault(link.reference())
                ? host.defaultBranch(link.repository()).orElse("")
                : link.reference();
        return new Branch(link.serviceId(), host.fullName(link.repository()), shortened(reference));
    }

    private static String shortened(String reference) {
        return reference.startsWith(HEADS) ? reference.substring(HEADS.length()) : reference;
    }

    private static boolean isDefault(String reference) {
        return reference.isEmpty() || reference.equals("HEAD");
    }

    /** Whether that reference is one commit for ever. */
    static boolean isPinned(String reference) {
        return reference.matches("[0-9a-f]{40}|[0-9a-f]{64}");
    }

    /** Whether it is a tag for certain; a short name may be one. */
    boolean isTag() {
        return reference.startsWith(TAGS);
    }

    /** Whether a change of that reference may be one of this: a host that tells no default branch may mean any. */
    boolean isConcerned(String pushed) {
        if (isPinned(reference)) {
            return false;
        }
        return pushed.isEmpty()
                || (reference.isEmpty()
                        ? !pushed.startsWith(TAGS)
                        : candidates(reference).stream().anyMatch(candidates(pushed)::contains));
    }

    /** What a name may stand for. */
    private static List<String> candidates(String reference) {
        return reference.startsWith("refs/") ? List.of(reference) : List.of(HEADS + reference, TAGS + reference);
    }

    /** The service of that link when it is a Git host. */
    static Optional<GitHost> host(Link link, io.sluice.service.Services services) {
        return services.byId(link.serviceId())
                .map(io.sluice.service.Services.Running::service)
                .filter(GitHost.class::isInstance)
                .map(GitHost.class::cast);
    }
}
