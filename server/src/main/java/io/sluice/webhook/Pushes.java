package io.sluice.webhook;

import io.sluice.script.Refreshed;
import io.sluice.script.ScriptDefinition;
import io.sluice.script.ScriptId;
import io.sluice.script.Scripts;
import io.sluice.service.GitHost;
import io.sluice.service.Services;
import io.sluice.service.TextSource.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the room {@code script} will do with a push. */
record Pushes(Scripts scripts, Services services) {
    record Push(long serviceId, String repository, String reference, String by) {}

    record Pushed(Optional<String> commit, Map<ScriptId, Refreshed> scripts, Optional<String> problem) {}

    List<ScriptId> concerned(Push push) {
        return scripts.definitions().stream()
                .map(saved -> saved.definition())
                .filter(script -> script.link().filter(link -> fits(link, push)).isPresent())
                .map(ScriptDefinition::id)
                .toList();
    }

    private boolean fits(ScriptDefinition.Link link, Push push) {
        String reference = push.reference().replaceFirst("^refs/(heads|tags)/", "");
        return link.serviceId() == push.serviceId()
                && link.repository().equalsIgnoreCase(push.repository())
                && (link.reference().isEmpty() || link.reference().equals(reference));
    }

    Pushed push(Push push) {
        GitHost host = (GitHost) services.byId(push.serviceId()).orElseThrow().service();
        String reference = push.reference().replaceFirst("^refs/(heads|tags)/", "");
        return switch (host.head(push.repository(), reference)) {
            case Reading.Found found ->
                new Pushed(Optional.of(found.text()), scripts.refresh(concerned(push)), Optional.empty());
            case Reading.Missing missing -> new Pushed(Optional.empty(), Map.of(), Optional.of(missing.why()));
            case Reading.Unreachable gone -> new Pushed(Optional.empty(), Map.of(), Optional.of(gone.why()));
        };
    }
}
