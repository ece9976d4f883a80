package io.sluice.api.filter;

import java.util.Optional;

/** What joins two conditions. A higher power binds tighter. */
enum Connective {
    OR(1, "or", "||"),
    NOR(1, "nor", "\0"),
    XOR(2, "xor", "\0"),
    AND(3, "and", "&&");

    /** NOT binds tighter than all of them. */
    static final int NOT_POWER = 4;

    private final int power;
    private final String word;
    private final String symbol;

    Connective(int power, String word, String symbol) {
        this.power = power;
        this.word = word;
        this.symbol = symbol;
    }

    int power() {
        return power;
    }

    /** The connective that stands at that place, as a whole word or a symbol. */
    static Optional<Connective> at(String text, int where) {
        if (where >= text.length() || "oOnNxXaA&|".indexOf(text.charAt(where)) < 0) {
            return Optional.empty();
        }
        for (Connective connective : values()) {
            if (lengthAt(text, where, connective) > 0) {
                return Optional.of(connective);
            }
        }
        return Optional.empty();
    }

    /** How many characters it takes there; 0 when it does not stand there. */
    static int lengthAt(String text, int where, Connective connective) {
        if (text.startsWith(connective.symbol, where)) {
            return connective.symbol.length();
        }
        int length = connective.word.length();
        boolean stands = text.regionMatches(true, where, connective.word, 0, length)
                && FilterScanner.endsWord(text, where + length);
        return stands ? length : 0;
    }
}
