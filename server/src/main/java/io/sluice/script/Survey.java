package io.sluice.script;

import io.sluice.script.ScriptDefinition.Link;
import io.sluice.service.GitHost;
import io.sluice.service.GitHost.Ancestry;
import io.sluice.service.TextSource.Reading;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What Git hosts say of the branches of one look, each question asked once: so all scripts of a branch are read at one commit, also
 * when it moves meanwhile. Confined to one look.
 */
final class Survey {
    private final Map<Link, Branch> branches = new HashMap<>();
    private final Map<Branch, Reading> heads = new LinkedHashMap<>();
    private final Map<Head, Optional<Map<String, String>>> files = new HashMap<>();
    private final Map<Step, Ancestry> steps = new HashMap<>();

    /** A commit of a branch. */
    record Head(Branch branch, String commit) {}

    private record Step(Branch branch, String from, String to) {}

    /** The branch of that link; what its host says of a default branch, or that it does not, holds for the whole look. */
    Branch branch(GitHost host, Link link) {
        return branches.computeIfAbsent(link.ofBranch(), place -> Branch.of(place, host));
    }

    /** What the branch of that link points at. */
    Reading head(GitHost host, Link link, Branch branch) {
        return heads.computeIfAbsent(branch, unknown -> host.head(link.repository(), link.reference()));
    }

    /** The commit that was found first; empty when none was. */
    Optional<String> commit() {
        return heads.values().stream()
                .filter(Reading.Found.class::isInstance)
                .map(found -> ((Reading.Found) found).text())
                .findFirst();
    }

    /** The Git object ids of all files at that commit by path, if the host tells them. */
    Optional<Map<String, String>> files(GitHost host, Link link, Head head) {
        return files.computeIfAbsent(head, unknown -> host.blobs(link.repository(), head.commit()));
    }

    /** How a branch got from one commit to another. */
    Ancestry step(GitHost host, Link link, Branch branch, String from, String to) {
        return steps.computeIfAbsent(new Step(branch, from, to), unknown -> host.ancestry(link.repository(), from, to));
    }
}
