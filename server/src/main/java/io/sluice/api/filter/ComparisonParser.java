package io.sluice.api.filter;

import io.sluice.api.ApiException;
import io.sluice.api.filter.Filter.Operand;
import io.sluice.api.filter.Filter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one condition: a field, an operator, what it is compared with. */
final class ComparisonParser {
    /** Longer symbols first. */
    private static final List<Map.Entry<String, Operator>> SYMBOLS = List.of(
            Map.entry(">=", Operator.GTE),
            Map.entry("<=", Operator.LTE),
            Map.entry("!=", Operator.NE),
            Map.entry("<>", Operator.NE),
            Map.entry("=", Operator.EQ),
            Map.entry(">", Operator.GT),
            Map.entry("<", Operator.LT));

    private static final List<Map.Entry<String, Operator>> WORDS = List.of(
            Map.entry("eq", Operator.EQ),
            Map.entry("ne", Operator.NE),
            Map.entry("gt", Operator.GT),
            Map.entry("gte", Operator.GTE),
            Map.entry("lt", Operator.LT),
            Map.entry("lte", Operator.LTE),
            Map.entry("like", Operator.LIKE),
            Map.entry("contains", Operator.CONTAINS));

    private static final Set<String> OTHER_OPERATORS = Set.of("in", "not", "is", "between");

    private final FilterScanner scanner;

    ComparisonParser(FilterScanner scanner) {
        this.scanner = scanner;
    }

    Filter comparison() {
        String field = field();
        boolean negated = scanner.takeWord("not");
        Filter positive = condition(field);
        return negated ? new Filter.Not(positive) : positive;
    }

    /** A name in double quotes or backticks, or all words up to an operator. */
    private String field() {
        char first = scanner.peek();
        if (first == '"' || first == '`') {
            return scanner.quoted();
        }
        int start = scanner.position();
        if (scanner.seesConnective().isPresent() || scanner.word().isEmpty()) {
            throw scanner.unparsable(start, "the name of a field was expected.");
        }
        while (!seesOperator()) {
            int where = scanner.position();
            if (scanner.seesConnective().isPresent() || scanner.word().isEmpty()) {
                throw scanner.unparsable(
                        where, "an operator was expected; a value that holds 'and' or 'or' needs quotes.");
            }
        }
        return scanner.since(start).strip();
    }

    private boolean seesOperator() {
        char next = scanner.peek();
        return next == '=' || next == '<' || next == '>' || next == '!' || seesWordOperator();
    }

    private boolean seesWordOperator() {
        return OTHER_OPERATORS.stream().anyMatch(scanner::seesWord)
                || WORDS.stream().anyMatch(word -> scanner.seesWord(word.getKey()))
                || scanner.seesWords("starts", "with")
                || scanner.seesWords("ends", "with");
    }

    private Filter condition(String field) {
        if (scanner.takeWord("is")) {
            return isNull(field);
        }
        if (scanner.takeWord("in")) {
            return new Filter.In(field, list());
        }
        if (scanner.takeWord("between")) {
            return between(field);
        }
        int where = scanner.position();
        Operator operator = operator().orElseThrow(() -> scanner.unparsable(where, "this is not an operator."));
        return new Filter.Comparison(field, operator, value(false));
    }

    private Filter isNull(String field) {
        boolean negated = scanner.takeWord("not");
        int where = scanner.position();
        if (!scanner.takeWord("null")) {
            throw scanner.unparsable(where, "'null' or 'not null' was expected after 'is'.");
        }
        Filter isNull = new Filter.IsNull(field);
        return negated ? new Filter.Not(isNull) : isNull;
    }

    private Optional<Operator> operator() {
        for (Map.Entry<String, Operator> symbol : SYMBOLS) {
            if (scanner.take(symbol.getKey())) {
                return Optional.of(symbol.getValue());
            }
        }
        for (Map.Entry<String, Operator> word : WORDS) {
            if (scanner.takeWord(word.getKey())) {
                return Optional.of(word.getValue());
            }
        }
        return withOperator();
    }

    private Optional<Operator> withOperator() {
        if (scanner.takeWord("starts") && scanner.takeWord("with")) {
            return Optional.of(Operator.STARTS_WITH);
        }
        if (scanner.takeWord("ends") && scanner.takeWord("with")) {
            return Optional.of(Operator.ENDS_WITH);
        }
        return Optional.empty();
    }

    private Filter between(String field) {
        if (scanner.peek() == '(') {
            int where = scanner.position();
            List<Operand> bounds = list();
            if (bounds.size() != 2) {
                throw scanner.unparsable(where, "'between' takes two values.");
            }
            return new Filter.Between(field, bounds.getFirst(), bounds.getLast());
        }
        Operand low = value(false);
        int where = scanner.position();
        if (!scanner.takeWord("and")) {
            throw scanner.unparsable(where, "'and' with the upper value of 'between' was expected.");
        }
        return new Filter.Between(field, low, value(false));
    }

    private List<Operand> list() {
        if (!scanner.take('(')) {
            throw ApiException.badRequest("Filter value lists must be wrapped in parentheses.");
        }
        List<Operand> values = new ArrayList<>();
        do {
            values.add(value(true));
        } while (scanner.take(','));
        int where = scanner.position();
        if (!scanner.take(')')) {
            throw scanner.unparsable(where, "',' or ')' was expected in a list of values.");
        }
        return values;
    }

    private Operand value(boolean inList) {
        int where = scanner.position();
        switch (scanner.peek()) {
            case '\'', '"' -> {
                return new Operand.Literal(scanner.quoted(), true);
            }
            case '(' ->
                throw scanner.unparsable(
                        where, "a value must not begin with a parenthesis; expressions are not supported.");
            default -> {
                String text = scanner.bare(inList);
                if (text.isEmpty()) {
                    throw scanner.unparsable(where, "a value was expected; the empty text is written ''.");
                }
                return isParameter(text) ? new Operand.Parameter(text) : new Operand.Literal(text, false);
            }
        }
    }

    private static boolean isParameter(String text) {
        return text.length() > 1
                && text.charAt(0) == ':'
                && text.chars().skip(1).allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.');
    }
}
