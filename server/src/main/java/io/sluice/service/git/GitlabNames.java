package io.sluice.service.git;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How GitLab's projects are called: {@code name} for one of the service's own namespace (a group, a group's sub-group or a user), and a
 * full path with slashes for any other. Without a namespace it is the user of the token, asked for once. Thread-safe.
 */
final class GitlabNames {
    private final Optional<String> configured;
    private final JsonApi api;
    private volatile @Nullable String own;

    GitlabNames(Optional<String> configured, JsonApi api) {
        this.configured = configured;
        this.api = api;
    }

    String namespace() throws NotRead {
        Optional<String> known = knownNamespace();
        if (known.isPresent()) {
            return known.get();
        }
        String asked =
                api.get("/user", "user of the token").at("username").text().orElseThrow(api.refusals()::nonsense);
        own = asked;
        return asked;
    }

    private Optional<String> knownNamespace() {
        return configured.or(() -> Optional.ofNullable(own));
    }

    /** {@code /projects/group%2Fsub%2Fname}. */
    String project(Spot spot) throws NotRead {
        return "/projects/" + Encoded.segment(full(spot.repository()));
    }

    private String full(String repository) throws NotRead {
        return repository.contains("/") ? repository : namespace() + "/" + repository;
    }

    /** See {@link io.sluice.service.GitHost#fullName}. */
    String fullName(String repository) {
        String name = plain(repository);
        try {
            return full(name).toLowerCase(Locale.ROOT);
        } catch (NotRead e) {
            return name.toLowerCase(Locale.ROOT); // without its namespace, while the host cannot be asked for it
        }
    }

    /** See {@link io.sluice.service.GitHost#knownName}. */
    Optional<String> knownName(String repository) {
        String name = plain(repository);
        Optional<String> full =
                name.contains("/") ? Optional.of(name) : knownNamespace().map(namespace -> namespace + "/" + name);
        return full.map(text -> text.toLowerCase(Locale.ROOT));
    }

    private static String plain(String repository) {
        return repository.replaceAll("^/+|/+$", "");
    }
}
