package io.sluice.service;

import java.math.BigInteger;
import java.util.Comparator;

/** {@code a2} before {@code a10}, {@code b} after {@code A}; texts that differ only in case keep apart. Pure. */
final class NaturalOrder implements Comparator<String> {
    static final Comparator<String> IGNORING_CASE = new NaturalOrder().thenComparing(Comparator.naturalOrder());

    private NaturalOrder() {}

    @Override
    public int compare(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            int mine = numberEnd(one, i);
            int theirs = numberEnd(other, j);
            boolean numbers = mine > i && theirs > j;
            int order = numbers
                    ? new BigInteger(one.substring(i, mine)).compareTo(new BigInteger(other.substring(j, theirs)))
                    : Character.compare(Character.toLowerCase(one.charAt(i)), Character.toLowerCase(other.charAt(j)));
            if (order != 0) {
                return order;
            }
            i = numbers ? mine : i + 1;
            j = numbers ? theirs : j + 1;
        }
        return Integer.compare(one.length() - i, other.length() - j);
    }

    /** Where the number that begins there ends; the same place when none does. */
    private static int numberEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
