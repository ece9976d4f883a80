package io.sluice.api.filter;

import io.sluice.api.ApiException;
import java.util.Optional;

/**
 * Reads the pieces of a filter text one after the other; what a piece is depends on where it stands, since values need no
 * quotes. Never goes back further than one word, so the time is linear.
 */
final class FilterScanner {
    private final String text;
    private int at;

    FilterScanner(String text) {
        this.text = text;
    }

    int position() {
        skipBlanks();
        return at;
    }

    boolean atEnd() {
        skipBlanks();
        return at == text.length();
    }

    /** The next character that is no blank; 0 at the end. */
    char peek() {
        skipBlanks();
        return charAt(at);
    }

    boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    boolean take(String symbol) {
        skipBlanks();
        if (!text.startsWith(symbol, at)) {
            return false;
        }
        at += symbol.length();
        return true;
    }

    /** Takes that word, in any case, if it stands here as a whole. */
    boolean takeWord(String word) {
        if (!seesWord(word)) {
            return false;
        }
        at += word.length();
        return true;
    }

    boolean seesWord(String word) {
        skipBlanks();
        return wordAt(at, word);
    }

    /** The words that follow each other here, both whole. */
    boolean seesWords(String first, String second) {
        skipBlanks();
        return wordAt(at, first) && wordAt(blanksEnd(at + first.length()), second);
    }

    Optional<Connective> seesConnective() {
        skipBlanks();
        return connectiveAt(at);
    }

    void take(Connective connective) {
        at += Connective.lengthAt(text, at, connective);
    }

    /** A run of characters that can stand in a name; empty when there is none. */
    String word() {
        skipBlanks();
        int from = at;
        at = wordEnd(at);
        return text.substring(from, at);
    }

    /** What stands from there up to the last piece taken. */
    String since(int start) {
        return text.substring(start, at);
    }

    /** A text in quotes, doubled quotes inside it halved. The quote stands here. */
    String quoted() {
        int opened = position();
        char quote = charAt(at++);
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote && charAt(at) != quote) {
                return value.toString();
            }
            at += c == quote ? 1 : 0;
            value.append(c);
        }
        throw unparsable(opened, "this quote is never closed; write a quote inside a value twice.");
    }

    /**
     * A value without quotes: everything up to a connective, a closing parenthesis that was not opened inside it, or, in a
     * list, a comma.
     */
    String bare(boolean inList) {
        int from = position();
        int end = from;
        int open = 0;
        int next = firstWordEnd(from);
        while (next < text.length()) {
            char c = text.charAt(next);
            if (open == 0
                    && (c == ')' || inList && c == ',' || connectiveAt(next).isPresent())) {
                break;
            }
            refuseOperator(c, next);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            next = afterPiece(next);
            end = Character.isWhitespace(c) ? end : next;
        }
        if (open > 0) {
            throw unparsable(from, "a parenthesis in this value is never closed; put the value in quotes.");
        }
        at = Math.max(end, firstWordEnd(from));
        return text.substring(from, at);
    }

    /** A value may be a word such as {@code or}, if it cannot be a connective there. */
    private int firstWordEnd(int from) {
        Optional<Connective> first = connectiveAt(from);
        if (first.isEmpty()) {
            return from;
        }
        int end = from + Connective.lengthAt(text, from, first.get());
        int next = blanksEnd(end);
        char after = charAt(next);
        boolean value = Character.isLetter(text.charAt(from))
                && (next == text.length()
                        || after == ')'
                        || after == ','
                        || connectiveAt(next).isPresent());
        return value ? end : from;
    }

    /** Inside a value, a connective counts only at the start of a word. */
    private int afterPiece(int from) {
        char c = text.charAt(from);
        if (Character.isWhitespace(c)) {
            return blanksEnd(from);
        }
        int next = from + 1;
        while (next < text.length() && isBareLetter(text.charAt(next)) && isBareLetter(c)) {
            next++;
        }
        return next;
    }

    private static boolean isBareLetter(char c) {
        return !Character.isWhitespace(c) && "(),=<>&|".indexOf(c) < 0;
    }

    private void refuseOperator(char c, int where) {
        if (c == '=' || c == '<' || c == '>') {
            throw unparsable(where, "'" + c + "' cannot stand in a value without quotes; put the value in quotes.");
        }
    }

    private Optional<Connective> connectiveAt(int where) {
        return Connective.at(text, where);
    }

    private boolean wordAt(int where, String word) {
        return text.regionMatches(true, where, word, 0, word.length()) && endsWord(text, where + word.length());
    }

    /** No letter of a name stands there. */
    static boolean endsWord(String text, int where) {
        return where >= text.length() || !isNameLetter(text.charAt(where));
    }

    private static boolean isNameLetter(char c) {
        return !Character.isWhitespace(c) && "()=<>!,'\"`&|".indexOf(c) < 0;
    }

    private int wordEnd(int from) {
        int end = from;
        while (end < text.length() && isNameLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private int blanksEnd(int from) {
        int end = from;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private void skipBlanks() {
        at = blanksEnd(at);
    }

    private char charAt(int where) {
        return where < text.length() ? text.charAt(where) : 0;
    }

    /** The 400 of this language, for the character at that place. */
    ApiException unparsable(int where, String hint) {
        return ApiException.badRequest(
                "Invalid or unparsable filter request. At character " + (where + 1) + ": " + hint);
    }
}
