package io.sluice.script;

import io.sluice.engine.Engines;
import io.sluice.engine.Gathering;
import io.sluice.engine.SourceSet;
import io.sluice.engine.Tree;
import io.sluice.script.ScriptDefinition.Link;
import io.sluice.script.Sought.Sight;
import io.sluice.service.GitHost;
import io.sluice.service.Service;
import io.sluice.service.Services;
import io.sluice.service.TextSource;
import io.sluice.service.TextSource.Address;
import io.sluice.service.TextSource.Reading;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Gets the text of a script from where it lives: the record, or a service that is read as the platform. */
final class Texts {
    static final String STORED = "stored";
    private final Services services;
    private final Engines engines;
    private final Languages languages;
    private final GitTexts git;
    private final Clock clock;

    Texts(Services services, Engines engines, Clock clock) {
        this.services = services;
        this.engines = engines;
        this.languages = new Languages(engines);
        this.git = new GitTexts(engines, this::set);
        this.clock = clock;
    }

    /** What came of it. */
    sealed interface Text {
        /** A text that may become a version. */
        record Found(
                SourceSet source,
                String hash,
                String revision,
                Instant at,
                Optional<String> author,
                Optional<String> message)
                implements Text {
            /** The same, of a branch whose history was rewritten. */
            Found forced() {
                String told = "forced push" + message.map(one -> ": " + one).orElse("");
                return new Found(source, hash, revision, at, author, Optional.of(told));
            }
        }

        /** Nothing was read, since the source cannot have anything newer than the current version. */
        record Unmoved(String note) implements Text {}

        /** The source answered that there is no such text, or sent something else. */
        record Unusable(ScriptState state, String why) implements Text {}
    }

    Sight read(Sought sought, Survey survey) {
        ScriptDefinition script = sought.script();
        if (!script.linked()) {
            return Sight.of(stored(script));
        }
        return switch (service(script.link().orElseThrow()).orElse(null)) {
            case GitHost host -> git.read(sought, host, survey);
            case TextSource folder -> Sight.of(inFolder(script, folder));
            case null, default ->
                Sight.of(new Text.Unusable(ScriptState.STALE, "the service that it is linked to is not running"));
        };
    }

    /** Where the text lives, in words: {@code stored}, {@code git repo/sales@main:orders.js}. */
    String where(ScriptDefinition script) {
        if (!script.linked()) {
            return STORED;
        }
        Link link = script.link().orElseThrow();
        String service = services.byId(link.serviceId())
                .map(one -> one.definition().name())
                .orElse("service " + link.serviceId());
        return (link.repository().isEmpty() ? "file " : "git ") + service + "/" + link.address();
    }

    private Text stored(ScriptDefinition script) {
        SourceSet source = set(script, script.content());
        String hash = Hash.of(source);
        return new Text.Found(source, hash, hash, clock.instant(), Optional.empty(), Optional.empty());
    }

    private Text inFolder(ScriptDefinition script, TextSource folder) {
        Address address = script.link().orElseThrow().address();
        return switch (folder.read(address)) {
            case Reading.Missing missing -> new Text.Unusable(ScriptState.MISSING, missing.why());
            case Reading.Unfit unfit -> new Text.Unusable(ScriptState.REFUSED, unfit.why());
            case Reading.Unreachable silent -> new Text.Unusable(ScriptState.STALE, silent.why());
            case Reading.Found found ->
                usable(
                        engines,
                        set(script, found.text()),
                        new LinkedTree(folder, address.repository(), address.reference()),
                        found);
        };
    }

    /** The script with all that it imports from that tree, unless its entry is no script at all. */
    static Text usable(Engines engines, SourceSet entry, Tree tree, Reading.Found found) {
        return TextCheck.objection(entry.text())
                .<Text>map(why -> new Text.Unusable(ScriptState.REFUSED, why))
                .orElseGet(() -> gathered(engines, entry, tree, found));
    }

    static Text gathered(Engines engines, SourceSet entry, Tree tree, Reading.Found found) {
        return switch (LinkedTree.gathered(engines, entry, tree)) {
            case LinkedTree.Gathered.Silent(String why) -> new Text.Unusable(ScriptState.STALE, why);
            case LinkedTree.Gathered.Told(Gathering.Refused refused) ->
                new Text.Unusable(ScriptState.REFUSED, refused.why());
            case LinkedTree.Gathered.Told(Gathering.Whole(SourceSet source)) ->
                new Text.Found(source, Hash.of(source), found.revision(), found.at(), found.author(), found.message());
        };
    }

    private SourceSet set(ScriptDefinition script, String text) {
        String path = script.linked() ? script.link().orElseThrow().address().path() : "";
        String name = fileName(script.id(), where(script));
        return new SourceSet(name, path, languages.canonical(script.type()), text, packages(script));
    }

    /** The Python packages that the record's config names, as if they stood in a file beside the script. */
    private Map<String, String> packages(ScriptDefinition script) {
        if (!languages.canonical(script.type()).equals("python3")) {
            return Map.of();
        }
        return switch (script.config().get("requirements")) {
            case String text when !text.isBlank() -> Map.of("requirements.txt", text);
            case List<?> lines
            when !lines.isEmpty() ->
                Map.of("requirements.txt", lines.stream().map(String::valueOf).collect(Collectors.joining("\n")));
            case null, default -> Map.of();
        };
    }

    /** How messages call a text that came from there. */
    static String fileName(ScriptId id, String from) {
        if (from.equals(STORED)) {
            return id.name();
        }
        return from.substring(Math.max(from.lastIndexOf('/'), from.lastIndexOf(':')) + 1);
    }

    private Optional<Service> service(Link link) {
        return services.byId(link.serviceId()).map(Services.Running::service);
    }
}
