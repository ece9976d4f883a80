package io.sluice.service.git;

import java.util.Locale;

/** How repositories are called: {@code name} for one of the service's own account, {@code owner/name} for any other. */
record OwnedNames(String owner) {
    /** {@code owner/name}. */
    String of(Spot spot) throws NotRead {
        String[] names = spot.repository().split("/");
        if (names.length > 2) {
            throw NotRead.missing(
                    "there is no repository " + Spot.shown(spot.repository()) + ": it has the form name or owner/name");
        }
        return full(spot.repository());
    }

    String full(String repository) {
        return repository.contains("/") ? repository : owner + "/" + repository;
    }

    /** See {@link io.sluice.service.GitHost#fullName}. */
    String fullName(String repository) {
        return full(repository.replaceAll("^/+|/+$", "")).toLowerCase(Locale.ROOT);
    }
}
