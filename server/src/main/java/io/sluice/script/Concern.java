package io.sluice.script;

import io.sluice.service.GitHost;
import io.sluice.service.Services;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which scripts are linked to what a push changed. Looks at the scripts of that repository only. */
final class Concern {
    private final Definitions definitions;
    private final Services services;

    Concern(Definitions definitions, Services services) {
        this.definitions = definitions;
        this.services = services;
    }

    /** Their ids in order. */
    List<ScriptId> of(Push push) {
        Map<String, List<ScriptDefinition>> repositories = definitions.byRepository(push.serviceId());
        return services.byId(push.serviceId())
                .map(Services.Running::service)
                .<Stream<ScriptDefinition>>map(service -> service instanceof GitHost host
                        ? inGit(push, host, repositories)
                        : inFolders(push, repositories))
                .orElseGet(Stream::empty)
                .map(ScriptDefinition::id)
                .sorted()
                .toList();
    }

    private static Stream<ScriptDefinition> inGit(
            Push push, GitHost host, Map<String, List<ScriptDefinition>> repositories) {
        String pushed = push.repository().isEmpty() ? "" : host.fullName(push.repository());
        return repositories.entrySet().stream()
                .filter(one -> pushed.isEmpty() || isOne(host, one.getKey(), pushed))
                .map(Map.Entry::getValue)
                .flatMap(Collection::stream)
                .filter(script -> Branch.of(script.link().orElseThrow(), host).isConcerned(push.reference()));
    }

    /** What the host cannot tell now may be concerned: looking at it fails as long, and the push is not lost. */
    private static boolean isOne(GitHost host, String repository, String pushed) {
        return host.fullName(repository).equals(pushed)
                || host.knownName(repository).isEmpty()
                || host.knownName(pushed).isEmpty();
    }

    /** Storage services have no repositories; what is said of all of theirs is said of every script there. */
    private static Stream<ScriptDefinition> inFolders(Push push, Map<String, List<ScriptDefinition>> repositories) {
        return push.repository().isEmpty()
                ? repositories.values().stream().flatMap(Collection::stream)
                : Stream.empty();
    }
}
