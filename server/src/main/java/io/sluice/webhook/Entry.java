package io.sluice.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A line of the delivery log as it is begun.
 *
 * @param name the host's name for the delivery; empty when it has none
 * @param claim what moved, as told; empty when it was not read or tells of no move
 * @param problem why nothing is done, in plain words
 */
record Entry(
        Webhook webhook,
        Optional<String> name,
        String event,
        Instant at,
        Verdict verdict,
        Optional<Claim> claim,
        Optional<String> problem) {
    private static final int LONGEST = 100;

    /** Headers come from anybody: what is kept of them is short and of harmless letters. */
    Entry {
        name = name.filter(text -> !text.isEmpty()).map(Entry::named);
        event = plain(event);
    }

    /** Two names never become one: whatever would lose something is named by its hash. */
    private static String named(String given) {
        String plain = plain(given);
        return plain.equals(given) ? given : sha256(given);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private static String plain(String text) {
        String letters = text.replaceAll("[^0-9A-Za-z:._ -]", "");
        return letters.length() > LONGEST ? letters.substring(0, LONGEST) : letters;
    }

    Entry as(Verdict other) {
        return new Entry(webhook, name, event, at, other, claim, problem);
    }

    /** Whether there is work to be done for it. */
    boolean isOpen() {
        return verdict == Verdict.ACCEPTED;
    }

    /** {@code sales@main}, with the number of further ones; empty when nothing was read. */
    String where() {
        return claim.map(Entry::where).orElse("");
    }

    static String where(Claim told) {
        int more = told.moves().size() - 1;
        return told.repository() + "@" + told.moves().getFirst().name() + (more == 0 ? "" : " and " + more + " more");
    }

    /** The commit that it tells of; empty when it tells none. */
    String commit() {
        return claim.map(told -> told.moves().getFirst().after()).orElse("");
    }

    /** As log lines name a delivery: {@code 72d3162e} of a name in the form of a UUID. */
    static String shortName(Optional<String> name) {
        return name.map(text -> text.replaceFirst("^([0-9a-fA-F]{8})-.*", "$1")).orElse("-");
    }
}
