package io.sluice.engine.js;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The tokens of a JavaScript or TypeScript text, without comments; as exact as finding imports needs. A slash that could be both a
 * division and the beginning of a regular expression is decided by what stands before it; a wrong guess ends with its line.
 */
final class Tokens {
    private static final Set<String> BEFORE_REGEX = Set.of(
            "return",
            "typeof",
            "case",
            "do",
            "else",
            "in",
            "of",
            "instanceof",
            "new",
            "void",
            "delete",
            "throw",
            "yield",
            "await");
    private static final Set<String> BEFORE_CONDITION = Set.of("if", "while", "for", "with");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Boolean> conditions = new ArrayDeque<>();
    private final Deque<Boolean> templates = new ArrayDeque<>();
    private boolean conditionEnded;
    private int at;

    private Tokens(String text) {
        this.text = text;
    }

    enum Kind {
        WORD,
        NUMBER,
        /** Its text is what the string says. */
        STRING,
        /** A template or a part of one. */
        TEMPLATE,
        REGEX,
        PUNCTUATOR
    }

    /** @param from offset of its first character; @param to behind its last */
    record Token(Kind kind, String text, int from, int to) {
        boolean is(String punctuatorOrWord) {
            return (kind == Kind.PUNCTUATOR || kind == Kind.WORD) && text.equals(punctuatorOrWord);
        }
    }

    static List<Token> of(String text) {
        return new Tokens(text).all();
    }

    private List<Token> all() {
        if (text.startsWith("#!")) {
            at = endOfLine(0);
        }
        while (at < text.length()) {
            next();
        }
        return tokens;
    }

    private void next() {
        char first = text.charAt(at);
        if (Character.isWhitespace(first) || first == '\uFEFF' || first == '\u00a0') {
            at++;
        } else if (text.startsWith("//", at)) {
            at = endOfLine(at);
        } else if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            at = end < 0 ? text.length() : end + 2;
        } else if (isWord(first)) {
            word();
        } else if (first >= '0' && first <= '9') {
            add(Kind.NUMBER, endOfNumber());
        } else if (first == '"' || first == '\'') {
            string(first);
        } else if (first == '`') {
            template(at + 1);
        } else if (first == '/' && regexMayBegin() && endOfRegex() > 0) {
            add(Kind.REGEX, endOfRegex());
        } else {
            punctuator(first);
        }
    }

    private static boolean isWord(char one) {
        return Character.isUnicodeIdentifierStart(one) || one == '$' || one == '_' || one == '#' || one == '\\';
    }

    private void word() {
        int end = at + 1;
        while (end < text.length() && isPart(text.charAt(end))) {
            end++;
        }
        add(Kind.WORD, end);
    }

    private static boolean isPart(char one) {
        return Character.isUnicodeIdentifierPart(one) || one == '$' || one == '\\';
    }

    private int endOfNumber() {
        int end = at + 1;
        while (end < text.length() && (isPart(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        return end;
    }

    private void string(char quote) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote && text.charAt(end) != '\n') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        int closed = Math.min(text.length(), end + 1);
        String said = text.substring(at + 1, Math.min(end, text.length()));
        tokens.add(new Token(Kind.STRING, said.replaceAll("\\\\(.)", "$1"), at, closed));
        at = closed;
    }

    /** From behind its opening, or behind the brace that closes a part of it. */
    private void template(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '`') {
            if (text.startsWith("${", end)) {
                templates.push(true);
                add(Kind.TEMPLATE, end + 2);
                return;
            }
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        add(Kind.TEMPLATE, Math.min(text.length(), end + 1));
    }

    private boolean regexMayBegin() {
        if (tokens.isEmpty()) {
            return true;
        }
        Token before = tokens.getLast();
        return switch (before.kind()) {
            case NUMBER, STRING, REGEX -> false;
            case TEMPLATE -> before.text().endsWith("${");
            case WORD -> BEFORE_REGEX.contains(before.text());
            case PUNCTUATOR ->
                switch (before.text()) {
                    case ")" -> conditionEnded;
                    case "]", "++", "--" -> false;
                    default -> true;
                };
        };
    }

    /** Behind its flags; 0 when none ends on this line. */
    private int endOfRegex() {
        boolean inClass = false;
        for (int end = at + 1; end < text.length() && text.charAt(end) != '\n'; end++) {
            char one = text.charAt(end);
            if (one == '\\') {
                end++;
            } else if (one == '[') {
                inClass = true;
            } else if (one == ']') {
                inClass = false;
            } else if (one == '/' && !inClass) {
                return endOfFlags(end + 1);
            }
        }
        return 0;
    }

    private int endOfFlags(int from) {
        int end = from;
        while (end < text.length() && isPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private void punctuator(char first) {
        if (first == '{') {
            templates.push(false);
        } else if (first == '}' && !templates.isEmpty() && templates.pop()) {
            template(at + 1);
            return;
        } else if (first == '(') {
            conditions.push(!tokens.isEmpty()
                    && BEFORE_CONDITION.contains(tokens.getLast().text()));
        } else if (first == ')') {
            conditionEnded = !conditions.isEmpty() && conditions.pop();
        }
        boolean twice = (first == '+' || first == '-') && at + 1 < text.length() && text.charAt(at + 1) == first;
        add(Kind.PUNCTUATOR, at + (twice ? 2 : 1));
    }

    private void add(Kind kind, int end) {
        int to = Math.min(end, text.length());
        tokens.add(new Token(kind, text.substring(at, to), at, to));
        at = to;
    }

    private int endOfLine(int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
