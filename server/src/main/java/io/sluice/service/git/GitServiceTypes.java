package io.sluice.service.git;

import io.sluice.outbound.Hosts;
import io.sluice.service.LocalRoots;
import io.sluice.service.ServiceType;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The door of this room: the source control types, to be registered with {@link io.sluice.service.Services}. */
public final class GitServiceTypes {
    private final List<ServiceType> types;

    /**
     * @param roots the folders below which repositories of {@code file:} addresses may lie
     * @param hosts how Git hosts with an API are reached
     */
    public GitServiceTypes(List<Path> roots, Hosts hosts) {
        this(roots, new Reach(hosts, NetLimits.DEFAULT, InstantSource.system()));
    }

    GitServiceTypes(List<Path> roots, Reach reach) {
        this.types = List.of(
                new GithubType(reach),
                new GitlabType(reach),
                new BitbucketType(reach),
                new GiteaType(reach),
                new GitType(new LocalRoots(roots), reach.limits()));
    }

    public List<ServiceType> all() {
        return types;
    }
}
