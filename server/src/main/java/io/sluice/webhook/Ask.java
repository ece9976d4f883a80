package io.sluice.webhook;

import java.util.Optional;

/**
 * A delivery that asks for a look.
 *
 * @param number of its line in the log
 * @param only the one repository that its webhook is for; empty: any
 * @param tries looks made for it so far
 */
record Ask(
        long number,
        Provider provider,
        long serviceId,
        Optional<String> only,
        Optional<String> name,
        Claim claim,
        int tries) {

    /** Who asks, for the log of scripts: {@code webhook:github delivery=72d3162e}. */
    String by() {
        return "webhook:" + provider.word() + " delivery=" + Entry.shortName(name);
    }

    Ask again() {
        return new Ask(number, provider, serviceId, only, name, claim, tries + 1);
    }
}
