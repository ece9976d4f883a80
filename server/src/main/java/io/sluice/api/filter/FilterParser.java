package io.sluice.api.filter;

/** Parses filter texts. Hand-written tokenizer and Pratt parser; no regular expressions. Pure. */
public final class FilterParser {
    private FilterParser() {}

    /** The tree, or an {@code ApiException} with status 400 that says what is wrong at which character. */
    public static Filter parse(String text) {
        throw new UnsupportedOperationException("to be written: " + text);
    }
}
