package io.sluice.service.git;

import io.sluice.outbound.Hosts;
import io.sluice.service.LocalRoots;
import io.sluice.service.ServiceType;
import java.nio.file.Path;
import java.util.List;

/** The door of this room: the source control types, to be registered with {@link io.sluice.service.Services}. */
public final class GitServiceTypes {
    private final List<ServiceType> types;

    /**
     * @param roots the folders below which repositories of {@code file:} addresses may lie
     * @param hosts how Git hosts with an API are reached
     */
    public GitServiceTypes(List<Path> roots, Hosts hosts) {
        this(roots, hosts, NetLimits.DEFAULT);
    }

    GitServiceTypes(List<Path> roots, Hosts hosts, NetLimits limits) {
        this.types = List.of(new GithubType(limits), new GitType(new LocalRoots(roots), limits));
    }

    public List<ServiceType> all() {
        return types;
    }
}
