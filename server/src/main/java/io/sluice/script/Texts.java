package io.sluice.script;

import io.sluice.engine.SourceSet;
import io.sluice.script.ScriptDefinition.Link;
import io.sluice.service.GitHost;
import io.sluice.service.Service;
import io.sluice.service.Services;
import io.sluice.service.TextSource;
import io.sluice.service.TextSource.Address;
import io.sluice.service.TextSource.Reading;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Gets the text of a script from where it lives: the record, or a service that is read as the platform. */
final class Texts {
    static final String STORED = "stored";
    private final Services services;
    private final Languages languages;
    private final Clock clock;

    Texts(Services services, Languages languages, Clock clock) {
        this.services = services;
        this.languages = languages;
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
                implements Text {}

        /** The source answered that there is no such text, or sent something else. */
        record Unusable(ScriptState state, String why) implements Text {}
    }

    /** Commit ids by place, for the scripts that share a branch with others of the same refresh. */
    Map<Link, String> heads(List<ScriptDefinition> scripts) {
        Map<Link, Integer> uses = new HashMap<>();
        for (ScriptDefinition script : scripts) {
            if (script.linked()) {
                uses.merge(branch(script.link().orElseThrow()), 1, Integer::sum);
            }
        }
        Map<Link, String> heads = new HashMap<>();
        uses.forEach((branch, count) -> {
            if (count > 1
                    && service(branch).orElse(null) instanceof GitHost host
                    && host.head(branch.repository(), branch.reference()) instanceof Reading.Found head) {
                heads.put(branch, head.text());
            }
        });
        return heads;
    }

    Text read(ScriptDefinition script, Map<Link, String> heads) {
        return script.linked() ? linked(script, script.link().orElseThrow(), heads) : stored(script);
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

    private Text linked(ScriptDefinition script, Link link, Map<Link, String> heads) {
        if (!(service(link).orElse(null) instanceof TextSource texts)) {
            return new Text.Unusable(ScriptState.STALE, "the service that it is linked to is not running");
        }
        Address address = link.address();
        String reference = heads.getOrDefault(branch(link), address.reference());
        return switch (texts.read(new Address(address.repository(), reference, address.path()))) {
            case Reading.Missing missing -> new Text.Unusable(ScriptState.MISSING, missing.why());
            case Reading.Unreachable silent -> new Text.Unusable(ScriptState.STALE, silent.why());
            case Reading.Found found -> usable(script, found);
        };
    }

    private Text usable(ScriptDefinition script, Reading.Found found) {
        Optional<String> objection = TextCheck.objection(found.text());
        if (objection.isPresent()) {
            return new Text.Unusable(ScriptState.REFUSED, objection.get());
        }
        SourceSet source = set(script, found.text());
        return new Text.Found(source, Hash.of(source), found.revision(), found.at(), found.author(), found.message());
    }

    private SourceSet set(ScriptDefinition script, String text) {
        String name = fileName(script.id(), where(script));
        return new SourceSet(name, languages.canonical(script.type()), text, packages(script));
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

    private static Link branch(Link link) {
        return new Link(link.serviceId(), link.repository(), link.reference(), "");
    }
}
