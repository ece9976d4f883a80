package io.sluice.script;

import io.sluice.api.ApiException;
import io.sluice.engine.SourceSet;
import io.sluice.script.Texts.Text;
import io.sluice.store.Store;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds the texts for dry runs. Nothing is kept of what is read on the way. */
final class Drafts {
    private static final int RETRY_SECONDS = 1;

    private final Store store;
    private final Definitions definitions;
    private final Texts texts;
    private final Languages languages;
    private final Shelf shelf;

    Drafts(Store store, Definitions definitions, Texts texts, Languages languages, Shelf shelf) {
        this.store = store;
        this.definitions = definitions;
        this.texts = texts;
        this.languages = languages;
        this.shelf = shelf;
    }

    Draft of(ScriptId id, Draft.Which which) {
        return switch (which) {
            case Draft.Given given -> given(id, given);
            case Draft.Kept(int number) -> kept(saved(id), number);
            case Draft.Current current -> current(saved(id));
        };
    }

    private ScriptDefinition saved(ScriptId id) {
        return definitions.find(id).orElseThrow(() -> Records.unknown(id));
    }

    private Draft kept(ScriptDefinition script, int number) {
        Version version = store.read(tx -> VersionRecords.find(tx, script.id(), number))
                .orElseThrow(() -> ApiException.notFound("Version " + number + " of " + script.id() + " is not kept."));
        return new Draft(script, version.source(), OptionalInt.of(number));
    }

    /** A text that was never looked at is read from its source, as the platform. */
    private Draft current(ScriptDefinition script) {
        Optional<Version> live = shelf.now().release().version(script.id());
        if (script.linked() && live.isPresent()) {
            return new Draft(
                    script, live.get().source(), OptionalInt.of(live.get().number()));
        }
        return switch (texts.read(Sought.anew(script), new Survey()).text()) {
            case Text.Found found ->
                new Draft(
                        script,
                        found.source(),
                        live.filter(version -> version.hash().equals(found.hash()))
                                .map(version -> OptionalInt.of(version.number()))
                                .orElse(OptionalInt.empty()));
            case Text.Unmoved unmoved -> throw new IllegalStateException(unmoved.note());
            case Text.Unusable bad ->
                throw ApiException.unavailable(
                        "script_unavailable",
                        "The script " + script.id() + " was not run: " + bad.why() + ".",
                        RETRY_SECONDS,
                        null);
        };
    }

    /** Stands in the place of the current text, so it finds the files beside that one. */
    private Draft given(ScriptId id, Draft.Given given) {
        Optional<ScriptDefinition> saved = definitions.find(id);
        String type = given.type().isEmpty() ? saved.map(ScriptDefinition::type).orElse("") : given.type();
        String language = languages
                .find(type)
                .orElseThrow(() -> ApiException.badRequest(
                        type.isEmpty()
                                ? "There is no script " + id + ", so the body must say the 'type' of its 'content'."
                                : "There is no script type '" + type + "'."))
                .name();
        Optional<SourceSet> current = shelf.now().release().version(id).map(Version::source);
        SourceSet source = new SourceSet(
                current.map(SourceSet::name).orElse(id.name()),
                language,
                given.content(),
                current.map(SourceSet::siblings).orElse(Map.of()));
        ScriptDefinition script = saved.orElseGet(() -> ScriptForm.read(id, language, true, true, Map.of()));
        return new Draft(script, source, OptionalInt.empty());
    }
}
