package io.sluice.service.file;

import io.sluice.outbound.Hosts;

/** What may come into a store besides plain uploads. */
record Intake(UrlImport imports, ArchiveLimits archives) {
    static Intake of(Hosts hosts, long mostBytes) {
        return new Intake(new UrlImport(hosts.anywhere(), mostBytes), ArchiveLimits.STANDARD);
    }
}
