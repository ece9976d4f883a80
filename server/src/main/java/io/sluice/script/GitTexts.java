package io.sluice.script;

import static io.sluice.script.Version.shorten;

import io.sluice.engine.Engines;
import io.sluice.engine.SourceSet;
import io.sluice.engine.Tree;
import io.sluice.script.ScriptDefinition.Link;
import io.sluice.script.Sought.Sight;
import io.sluice.script.Survey.Head;
import io.sluice.script.Texts.Text;
import io.sluice.service.GitHost;
import io.sluice.service.GitHost.Ancestry;
import io.sluice.service.TextSource.Address;
import io.sluice.service.TextSource.Reading;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads scripts that live in Git: at one commit of their branch, never an older one than before unless somebody forced it there. */
final class GitTexts {
    private final Engines engines;
    private final BiFunction<ScriptDefinition, String, SourceSet> sets;

    /** @param sets makes the entry of a script from its text */
    GitTexts(Engines engines, BiFunction<ScriptDefinition, String, SourceSet> sets) {
        this.engines = engines;
        this.sets = sets;
    }

    Sight read(Sought sought, GitHost host, Survey survey) {
        Link link = sought.script().link().orElseThrow();
        if (Branch.isPinned(link.reference())) {
            Head head = new Head(new Branch(link.serviceId(), link.repository(), link.reference()), link.reference());
            return at(sought, host, survey, head, Optional.empty());
        }
        Branch branch = survey.branch(host, link);
        return switch (survey.head(host, link, branch)) {
            case Reading.Missing missing -> Sight.of(new Text.Unusable(ScriptState.MISSING, missing.why()));
            case Reading.Unfit unfit -> Sight.of(new Text.Unusable(ScriptState.REFUSED, unfit.why()));
            case Reading.Unreachable silent -> Sight.of(new Text.Unusable(ScriptState.STALE, silent.why()));
            case Reading.Found found -> moved(sought, host, survey, new Head(branch, found.text()), found);
        };
    }

    private Sight moved(Sought sought, GitHost host, Survey survey, Head head, Reading.Found found) {
        return switch (step(sought, host, survey, head)) {
            case BEFORE ->
                doubted(head, "which is older than " + shorten(sought.commit().orElseThrow()), head.commit());
            case LOST ->
                doubted(
                        head,
                        "and its host does not have " + shorten(sought.commit().orElseThrow())
                                + " any more, or not yet",
                        sought.commit().orElseThrow());
            case UNANSWERED -> {
                String why = "the host does not say now whether commit " + shorten(head.commit()) + " came after "
                        + shorten(sought.commit().orElseThrow());
                yield new Sight(new Text.Unusable(ScriptState.STALE, why), Optional.of(head), Optional.empty());
            }
            case APART -> forced(at(sought, host, survey, head, Optional.of(found)));
            case SAME, AFTER, UNKNOWN -> at(sought, host, survey, head, Optional.of(found));
        };
    }

    private static Sight doubted(Head head, String how, String commit) {
        String why = "the branch is at commit " + shorten(head.commit()) + ", " + how;
        return new Sight(new Text.Unmoved(why), Optional.empty(), Optional.of(commit));
    }

    /** A tag is moved by force only, and who asks for a script wants it as it is. */
    private static Ancestry step(Sought sought, GitHost host, Survey survey, Head head) {
        Link link = sought.script().link().orElseThrow();
        if (sought.current().isEmpty()
                || sought.commit().isEmpty()
                || sought.isAt(head.commit())
                || sought.manner() == Manner.ON_REQUEST) {
            return Ancestry.UNKNOWN;
        }
        Ancestry step = survey.step(host, link, head.branch(), sought.commit().get(), head.commit());
        return switch (step) {
            case BEFORE -> isMeant(sought, head, head.commit()) ? Ancestry.APART : step;
            case LOST -> isMeant(sought, head, sought.commit().get()) ? Ancestry.APART : step;
            case SAME, AFTER, APART, UNKNOWN, UNANSWERED -> step;
        };
    }

    private static boolean isMeant(Sought sought, Head head, String doubted) {
        return head.branch().isTag()
                || sought.believed().filter(doubted::equals).isPresent();
    }

    private static Sight forced(Sight sight) {
        return sight.text() instanceof Text.Found found
                ? new Sight(found.forced(), sight.head(), Optional.empty())
                : sight;
    }

    private Sight at(Sought sought, GitHost host, Survey survey, Head head, Optional<Reading.Found> commit) {
        Text text = sought.isAt(head.commit())
                ? new Text.Unmoved("its source is still at commit " + shorten(head.commit()))
                : text(sought, host, survey, head, commit);
        return new Sight(text, Optional.of(head), Optional.empty());
    }

    private Text text(Sought sought, GitHost host, Survey survey, Head head, Optional<Reading.Found> commit) {
        Link link = sought.script().link().orElseThrow();
        LinkedTree tree = new LinkedTree(host, link.repository(), head.commit());
        Optional<KnownTree> known = ids(sought, host, survey, head)
                .map(ids -> new KnownTree(ids, sought.current().orElseThrow().source(), head.commit(), tree));
        Optional<String> entry = known.flatMap(one -> one.entry(link.address().path()));
        if (entry.isPresent() && commit.isPresent()) {
            // What it imports may be another text all the same.
            return Texts.gathered(engines, sets.apply(sought.script(), entry.get()), known.get(), commit.get());
        }
        return read(sought, host, head, known, tree);
    }

    /** The ids of all files, if the host tells them at once. For one script alone the question would cost more than it saves. */
    private static Optional<Map<String, String>> ids(Sought sought, GitHost host, Survey survey, Head head) {
        return sought.manner() == Manner.AS_ONE_RELEASE && sought.current().isPresent()
                ? survey.files(host, sought.script().link().orElseThrow(), head)
                : Optional.empty();
    }

    private Text read(Sought sought, GitHost host, Head head, Optional<KnownTree> known, LinkedTree all) {
        Link link = sought.script().link().orElseThrow();
        String path = link.address().path();
        Tree tree = known.<Tree>map(one -> one).orElse(all);
        return switch (host.read(new Address(link.repository(), head.commit(), path))) {
            // A deleted file holds up no other script of its commit; one that the host withholds does.
            case Reading.Missing missing ->
                known.filter(one -> one.lists(path)).isPresent()
                        ? new Text.Unusable(ScriptState.REFUSED, KnownTree.withheld(path, missing.why()))
                        : new Text.Unusable(ScriptState.MISSING, missing.why());
            case Reading.Unfit unfit -> new Text.Unusable(ScriptState.REFUSED, unfit.why());
            case Reading.Unreachable silent -> new Text.Unusable(ScriptState.STALE, silent.why());
            case Reading.Found found -> Texts.usable(engines, sets.apply(sought.script(), found.text()), tree, found);
        };
    }
}
