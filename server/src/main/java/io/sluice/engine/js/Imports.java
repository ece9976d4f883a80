package io.sluice.engine.js;

import io.sluice.engine.js.Tokens.Kind;
import io.sluice.engine.js.Tokens.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a JavaScript or TypeScript text imports and exports, as far as it says so with plain strings. Imports of types only do not
 * count.
 *
 * @param module the text is an ES module: it has an {@code import} or {@code export} declaration, or {@code import.meta}
 * @param all in the order of the text
 * @param exported names that a CommonJS text seems to export
 */
record Imports(boolean module, List<Import> all, Set<String> exported) {

    enum How {
        STATIC,
        DYNAMIC,
        REQUIRE
    }

    /**
     * One import.
     *
     * @param optional within a {@code try}, so the text can do without
     * @param json says {@code with { type: 'json' }}, or some other attribute
     * @param from offset of the string; @param to behind it
     */
    record Import(String specifier, How how, boolean optional, boolean json, int from, int to) {}

    static Imports of(String text) {
        return new Reader(Tokens.of(text)).read();
    }

    /** From 1. */
    static int line(String text, int offset) {
        return 1
                + (int) text.substring(0, offset)
                        .chars()
                        .filter(one -> one == '\n')
                        .count();
    }

    private static final class Reader {
        private static final Token NONE = new Token(Kind.PUNCTUATOR, "", 0, 0);

        private final List<Token> tokens;
        private final List<Import> found = new ArrayList<>();
        private final Set<String> exported = new LinkedHashSet<>();
        private final Deque<Boolean> tries = new ArrayDeque<>();
        private final Deque<Boolean> parameters = new ArrayDeque<>();
        private boolean module;
        private boolean requireIsOwn;

        Reader(List<Token> tokens) {
            this.tokens = tokens;
        }

        Imports read() {
            for (int i = 0; i < tokens.size(); i++) {
                Token token = tokens.get(i);
                if (token.kind() == Kind.WORD && !at(i - 1).is(".")) {
                    word(token.text(), i);
                } else if (token.kind() == Kind.PUNCTUATOR) {
                    nest(token.text(), i);
                }
            }
            if (requireIsOwn) {
                found.removeIf(one -> one.how() == How.REQUIRE);
            }
            return new Imports(module, List.copyOf(found), Set.copyOf(exported));
        }

        private Token at(int index) {
            return index >= 0 && index < tokens.size() ? tokens.get(index) : NONE;
        }

        private void nest(String punctuator, int i) {
            switch (punctuator) {
                case "{" -> tries.push(at(i - 1).is("try"));
                case "}" -> tries.poll();
                case "(" ->
                    parameters.push(at(i - 1).is("function") || at(i - 2).is("function"));
                case ")" -> parameters.poll();
                default -> {}
            }
        }

        private void word(String word, int i) {
            switch (word) {
                case "import" -> imports(i);
                case "export" -> exports(i);
                case "require" -> requires(i);
                case "exports" -> exportsName(i);
                case "module" -> moduleExports(i);
                case "Object" -> definesExport(i);
                default -> {}
            }
        }

        private void imports(int i) {
            Token next = at(i + 1);
            if (next.is("(")) {
                called(i + 2, How.DYNAMIC);
            } else if (next.is(".")) {
                module |= at(i + 2).is("meta");
            } else if (tries.isEmpty() && !next.is(":") && !next.is("=")) {
                declared(i + 1);
            }
        }

        /** The tokens behind {@code import}. */
        private void declared(int first) {
            boolean type = at(first).is("type")
                    && !at(first + 1).is("from")
                    && !at(first + 1).is(",");
            int i = first;
            while (i < tokens.size() && at(i).kind() != Kind.STRING) {
                if (at(i).is(";") || at(i).is("=") || at(i).is("(")) {
                    return; // import x = require('y'), which is found as what it is
                }
                i++;
            }
            if (!type && (i == first || at(i - 1).is("from"))) {
                module = true;
                add(i, How.STATIC);
            }
        }

        private void exports(int i) {
            if (!tries.isEmpty() || at(i + 1).is(":") || at(i + 1).is("=")) {
                return;
            }
            boolean type =
                    at(i + 1).is("type") && (at(i + 2).is("{") || at(i + 2).is("*"));
            if (type) {
                return;
            }
            module = true;
            int from = i + 1;
            if (at(from).is("*")) {
                from += at(from + 1).is("as") ? 3 : 1;
            } else if (at(from).is("{")) {
                while (from < tokens.size() && !at(from).is("}")) {
                    from++;
                }
                from++;
            }
            if (from > i + 1 && at(from).is("from") && at(from + 1).kind() == Kind.STRING) {
                add(from + 1, How.STATIC);
            }
        }

        private void requires(int i) {
            Token before = at(i - 1);
            boolean parameter = !parameters.isEmpty() && parameters.peek();
            if (parameter || before.is("function") || before.is("var") || before.is("let") || before.is("const")) {
                requireIsOwn = true;
            } else if (at(i + 1).is("(")) {
                called(i + 2, How.REQUIRE);
            }
        }

        private void called(int i, How how) {
            if (at(i).kind() == Kind.STRING && (at(i + 1).is(")") || at(i + 1).is(","))) {
                add(i, how);
            }
        }

        private void add(int i, How how) {
            Token string = at(i);
            boolean json =
                    at(i + 1).is("with") || how == How.DYNAMIC && at(i + 1).is(",");
            found.add(new Import(string.text(), how, tries.contains(true), json, string.from(), string.to()));
        }

        private void exportsName(int i) {
            if (at(i + 1).is(".")
                    && at(i + 2).kind() == Kind.WORD
                    && at(i + 3).is("=")
                    && !at(i + 4).is("=")) {
                exported.add(at(i + 2).text());
            }
        }

        private void moduleExports(int i) {
            if (!at(i + 1).is(".") || !at(i + 2).is("exports")) {
                return;
            }
            if (at(i + 3).is("=") && at(i + 4).is("{")) {
                keys(i + 5);
            } else if (at(i + 3).is(".")) {
                exportsName(i + 2);
            }
        }

        /** The keys of an object literal, from its first one. */
        private void keys(int first) {
            int depth = 0;
            boolean expected = true;
            for (int i = first; i < tokens.size() && depth >= 0; i++) {
                Token token = tokens.get(i);
                if (token.kind() == Kind.TEMPLATE) {
                    depth += (token.text().endsWith("${") ? 1 : 0)
                            - (token.text().startsWith("}") ? 1 : 0);
                } else if (token.is("{") || token.is("(") || token.is("[")) {
                    depth++;
                } else if (token.is("}") || token.is(")") || token.is("]")) {
                    depth--;
                } else if (depth == 0 && expected && token.kind() == Kind.WORD) {
                    exported.add(token.text());
                }
                expected = depth == 0 && token.is(",");
            }
        }

        private void definesExport(int i) {
            List<String> call = List.of(".", "defineProperty", "(", "exports", ",");
            for (int k = 0; k < call.size(); k++) {
                if (!at(i + 1 + k).is(call.get(k))) {
                    return;
                }
            }
            Optional.of(at(i + 6))
                    .filter(name -> name.kind() == Kind.STRING)
                    .ifPresent(name -> exported.add(name.text()));
        }
    }
}
