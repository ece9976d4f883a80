package io.sluice.api.filter;

import io.sluice.api.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses filter texts: {@code city = Oslo and (credit > 50 or name like 'A%')}. NOT binds before AND, AND before XOR, XOR before OR
 * and NOR. Hand-written tokenizer and Pratt parser; no regular expressions. Pure, linear in the length of the text.
 */
public final class FilterParser {
    /** Longest text, in characters. */
    public static final int MAX_LENGTH = 64 * 1024;

    /** Most comparisons in one filter. */
    public static final int MAX_TERMS = 1_000;

    /** Deepest nesting of parentheses and NOT. */
    public static final int MAX_DEPTH = 64;

    private final FilterScanner scanner;
    private final ComparisonParser comparisons;
    private int terms;

    private FilterParser(String text) {
        this.scanner = new FilterScanner(text);
        this.comparisons = new ComparisonParser(scanner);
    }

    /** The tree, or an {@link ApiException} with status 400 that says what is wrong at which character. */
    public static Filter parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw tooLarge("is longer than " + MAX_LENGTH + " characters");
        }
        return new FilterParser(text).whole();
    }

    private Filter whole() {
        Filter filter = expression(0, 0);
        if (!scanner.atEnd()) {
            throw scanner.unparsable(
                    scanner.position(),
                    scanner.peek() == ')'
                            ? "this parenthesis was never opened."
                            : "'and' or 'or' was expected here; a value with several parts needs quotes.");
        }
        return filter;
    }

    /** Reads on as long as connectives bind at least that tightly. */
    private Filter expression(int power, int depth) {
        Chain chain = new Chain(prefix(depth));
        Optional<Connective> next = scanner.seesConnective();
        while (next.isPresent() && next.get().power() >= power) {
            Connective connective = next.get();
            scanner.take(connective);
            chain.add(connective, expression(connective.power() + 1, depth));
            next = scanner.seesConnective();
        }
        return chain.filter();
    }

    private Filter prefix(int depth) {
        if (depth > MAX_DEPTH) {
            throw tooLarge("is nested deeper than " + MAX_DEPTH + " levels");
        }
        if (scanner.takeWord("not")) {
            return new Filter.Not(expression(Connective.NOT_POWER, depth + 1));
        }
        if (scanner.peek() == '(') {
            return group(depth);
        }
        if (++terms > MAX_TERMS) {
            throw tooLarge("has more than " + MAX_TERMS + " conditions");
        }
        return comparisons.comparison();
    }

    private Filter group(int depth) {
        int opened = scanner.position();
        scanner.take('(');
        Filter inner = expression(0, depth + 1);
        if (!scanner.take(')')) {
            throw scanner.unparsable(
                    scanner.position(), "the parenthesis of character " + (opened + 1) + " is not closed here.");
        }
        return inner;
    }

    static ApiException tooLarge(String how) {
        return ApiException.badRequest("Invalid or unparsable filter request. The filter " + how + ".");
    }

    /** Conditions joined on one level, from the left; equal connectives in a row become one node. */
    private static final class Chain {
        private final List<Filter> parts = new ArrayList<>();
        private Connective connective = Connective.AND;

        Chain(Filter first) {
            parts.add(first);
        }

        void add(Connective next, Filter part) {
            boolean continues = next == connective && (next == Connective.AND || next == Connective.OR);
            if (!continues && parts.size() > 1) {
                Filter left = filter();
                parts.clear();
                parts.add(left);
            }
            connective = next;
            parts.add(part);
        }

        Filter filter() {
            if (parts.size() == 1) {
                return parts.getFirst();
            }
            return switch (connective) {
                case AND -> new Filter.And(parts);
                case OR -> new Filter.Or(parts);
                case NOR -> new Filter.Not(new Filter.Or(parts));
                case XOR -> exclusive(parts.getFirst(), parts.getLast());
            };
        }

        /** Doubles both sides, so a chain of these grows fast: held against the limit of the whole. */
        private static Filter exclusive(Filter a, Filter b) {
            if (2L * (values(a) + values(b)) > MAX_TERMS) {
                throw tooLarge("has too many conditions under 'xor'");
            }
            Filter onlyA = new Filter.And(List.of(a, new Filter.Not(b)));
            Filter onlyB = new Filter.And(List.of(new Filter.Not(a), b));
            return new Filter.Or(List.of(onlyA, onlyB));
        }

        private static long values(Filter filter) {
            return switch (filter) {
                case Filter.And(List<Filter> parts) -> sum(parts);
                case Filter.Or(List<Filter> parts) -> sum(parts);
                case Filter.Not(Filter part) -> values(part);
                case Filter.In(String field, List<Filter.Operand> values) -> values.size();
                case Filter.Comparison c -> 1;
                case Filter.Between b -> 1;
                case Filter.IsNull n -> 1;
            };
        }

        private static long sum(List<Filter> parts) {
            return parts.stream().mapToLong(Chain::values).sum();
        }
    }
}
