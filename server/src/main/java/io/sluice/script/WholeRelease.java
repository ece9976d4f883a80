package io.sluice.script;

import static io.sluice.script.Version.shorten;

import io.sluice.script.Cell.Reason;
import io.sluice.script.Finding.Verdict;
import io.sluice.script.ScriptDefinition.ReleaseRule;
import io.sluice.script.Survey.Head;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds a commit back as a whole when one of its scripts is no good. Pure. */
final class WholeRelease {
    private WholeRelease() {}

    /** The same findings; new texts of a commit that is held back are not to be taken over. */
    static List<Finding> judged(List<Finding> findings) {
        Map<Head, List<String>> objections = new HashMap<>();
        findings.forEach(one -> one.head()
                .ifPresent(head -> objection(one)
                        .ifPresent(why -> objections
                                .computeIfAbsent(head, first -> new ArrayList<>())
                                .add(why))));
        return findings.stream()
                .map(one -> one.head()
                        .map(objections::get)
                        .map(why -> heldBack(one, why))
                        .orElse(one))
                .toList();
    }

    /** Those that still hold, without those of a commit of which another does not: it would come in two parts. */
    static List<Finding> unbroken(List<Finding> findings, Set<Finding> outdated) {
        Set<Head> broken = outdated.stream().flatMap(one -> one.head().stream()).collect(Collectors.toSet());
        return findings.stream()
                .filter(one -> !outdated.contains(one))
                .filter(one -> one.head().filter(broken::contains).isEmpty())
                .toList();
    }

    private static Finding heldBack(Finding finding, List<String> objections) {
        if (!(finding.verdict() instanceof Verdict.Fresh fresh)) {
            return finding;
        }
        String others = objections.size() > 1 ? " (and " + (objections.size() - 1) + " more)" : "";
        String commit = finding.head().map(head -> shorten(head.commit())).orElseThrow();
        return finding.with(new Verdict.Held(
                "commit " + commit + " is refused as a whole: " + objections.getFirst() + others,
                fresh.text().revision()));
    }

    /**
     * Why the commit may not be taken over without that script. A file that was deleted is no reason, since nothing can be wrong in
     * it, nor is a language that cannot run here.
     */
    private static Optional<String> objection(Finding finding) {
        ScriptDefinition script = finding.kept().definition();
        if (!script.active() || script.release() == ReleaseRule.ALONE) {
            return Optional.empty();
        }
        return switch (finding.verdict()) {
            case Verdict.Bad bad
            when bad.state() != ScriptState.MISSING && bad.reason() != Reason.NO_ENGINE ->
                Optional.of(named(script, bad.why()));
            case Verdict.Later later -> Optional.of(named(script, later.why()));
            case Verdict.Bad bad -> Optional.empty();
            case Verdict.Fresh fresh -> Optional.empty();
            case Verdict.Same same -> Optional.empty();
            case Verdict.Held held -> Optional.empty();
        };
    }

    private static String named(ScriptDefinition script, String why) {
        String path = script.link().orElseThrow().address().path();
        String file = path.substring(path.lastIndexOf('/') + 1);
        return why.contains(file) ? why : file + ": " + why;
    }
}
