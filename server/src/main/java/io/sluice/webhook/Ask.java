package io.sluice.webhook;

import java.util.Optional;

/**
 * A delivery that asks for a look.
 *
 * @param number of its line in the log
 * @param only the one repository that its webhook is for; empty: any
 * @param tries looks made for it so far
 * @param early its pause is not over: it goes along with others, and that is none of its tries
 */
record Ask(
        long number,
        Provider provider,
        long serviceId,
        Optional<String> only,
        Optional<String> name,
        Claim claim,
        int tries,
        boolean early) {

    /** Who asks, for the log of scripts: {@code webhook:github delivery=72d3162e}. */
    String by() {
        return "webhook:" + provider.word() + " delivery=" + Entry.shortName(name);
    }

    /** Looks made for it, with the one that it is in. */
    int tried() {
        return early ? tries : tries + 1;
    }

    Ask again() {
        return new Ask(number, provider, serviceId, only, name, claim, tried(), false);
    }

    Ask early(boolean isEarly) {
        return new Ask(number, provider, serviceId, only, name, claim, tries, isEarly);
    }
}
