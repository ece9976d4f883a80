package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.script.ScriptDefinition.Link;
import io.sluice.service.GitHost;
import io.sluice.service.Services;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which scripts are linked to what a push changed. Looks at the scripts of that repository only. */
final class Concern {
    private final Definitions definitions;
    private final Services services;

    Concern(Definitions definitions, Services services) {
        this.definitions = definitions;
        this.services = services;
    }

    /** Their ids in order; an ApiException when the host does not say now which repositories are meant. */
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

    /** All that are linked to the same branch, however their records spell it; asks its host how. */
    List<ScriptId> sharing(Link link) {
        Predicate<Link> same = Branch.host(link, services)
                .map(host -> same(link, host))
                .orElse(other -> other.repository().equals(link.repository())
                        && other.reference().equals(link.reference()));
        return definitions.byRepository(link.serviceId()).values().stream()
                .flatMap(Collection::stream)
                .filter(script -> same.test(script.link().orElseThrow()))
                .map(ScriptDefinition::id)
                .sorted()
                .toList();
    }

    private static Predicate<Link> same(Link link, GitHost host) {
        Branch branch = Branch.of(link, host);
        return other -> host.fullName(other.repository()).equals(branch.repository())
                && Branch.of(other, host).equals(branch);
    }

    private static Stream<ScriptDefinition> inGit(
            Push push, GitHost host, Map<String, List<ScriptDefinition>> repositories) {
        if (!push.repository().isEmpty()) {
            know(host, Stream.concat(Stream.of(push.repository()), repositories.keySet().stream()));
        }
        String pushed = push.repository().isEmpty() ? "" : host.fullName(push.repository());
        Map<Link, Branch> branches = new HashMap<>();
        return repositories.entrySet().stream()
                .filter(one -> pushed.isEmpty() || host.fullName(one.getKey()).equals(pushed))
                .map(Map.Entry::getValue)
                .flatMap(Collection::stream)
                .filter(script -> branches.computeIfAbsent(
                                script.link().orElseThrow().ofBranch(), place -> Branch.of(place, host))
                        .isConcerned(push.reference()));
    }

    /** One question tells all names. While the host is silent, nobody knows that a push is about none of them. */
    private static void know(GitHost host, Stream<String> names) {
        names.filter(name -> host.knownName(name).isEmpty()).findFirst().ifPresent(name -> {
            host.fullName(name);
            if (host.knownName(name).isEmpty()) {
                throw new ApiException(ApiError.because(
                        502,
                        "git_host_unreachable",
                        "The host does not say now whose repository '" + name + "' is; set the owner in the config of"
                                + " the service, or try again."));
            }
        });
    }

    /** Storage services have no repositories; what is said of all of theirs is said of every script there. */
    private static Stream<ScriptDefinition> inFolders(Push push, Map<String, List<ScriptDefinition>> repositories) {
        return push.repository().isEmpty()
                ? repositories.values().stream().flatMap(Collection::stream)
                : Stream.empty();
    }
}
