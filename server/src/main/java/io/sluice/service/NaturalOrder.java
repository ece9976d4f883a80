package io.sluice.service;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code a2} before {@code a10}, {@code b} after {@code A}; texts that differ only in case keep apart. Pure. */
final class NaturalOrder implements Comparator<String> {
    static final Comparator<String> IGNORING_CASE = new NaturalOrder().thenComparing(Comparator.naturalOrder());

    private static final Pattern RUN = Pattern.compile("\\d+|\\D+");

    private NaturalOrder() {}

    @Override
    public int compare(String one, String other) {
        Matcher mine = RUN.matcher(one);
        Matcher theirs = RUN.matcher(other);
        while (true) {
            boolean more = mine.find();
            if (!theirs.find()) {
                return more ? 1 : 0;
            }
            if (!more) {
                return -1;
            }
            int order = ofRuns(mine.group(), theirs.group());
            if (order != 0) {
                return order;
            }
        }
    }

    private static int ofRuns(String one, String other) {
        boolean numbers = Character.isDigit(one.charAt(0)) && Character.isDigit(other.charAt(0));
        return numbers ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareToIgnoreCase(other);
    }
}
