package io.sluice.engine.js;

import io.sluice.engine.Compilation;
import io.sluice.engine.js.Tokens.Kind;
import io.sluice.engine.js.Tokens.Token;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * Takes the types out of TypeScript texts, with sucrase, in a context of its own that is made for the first text and runs none of
 * them. Each line stays where it is; columns are told back by a source map. Types are not checked. What sucrase cannot translate is
 * refused rather than left out. For one thread.
 */
final class TypeScript implements AutoCloseable {
    private static final String LIBRARY = "typescript";
    private static final Pattern AT = Pattern.compile(" \\((\\d+):(\\d+)\\)$");

    private final JsRuntime runtime;
    private @Nullable Context context;

    TypeScript(JsRuntime runtime) {
        this.runtime = runtime;
    }

    sealed interface Stripped {
        record Code(String code, Original original) implements Stripped {}

        record Refused(Compilation.Refused why) implements Stripped {}
    }

    Stripped strip(String name, String text) {
        Original original = Original.of(name, text);
        Optional<Compilation.Refused> objection = unsupported(original);
        return objection.<Stripped>map(Stripped.Refused::new).orElseGet(() -> transformed(original));
    }

    private Stripped transformed(Original original) {
        try {
            Value[] results = new Value[1];
            runtime.making(
                    () -> results[0] = context().eval(runtime.library(LIBRARY)).execute(original.text()));
            Value result = results[0];
            if (result.hasMember("error")) {
                return new Stripped.Refused(
                        refused(original, result.getMember("error").asString()));
            }
            LineMap map = LineMap.of(result.getMember("mappings").asString());
            return new Stripped.Code(
                    result.getMember("code").asString(),
                    new Original(original.name(), original.text(), Optional.of(map)));
        } catch (PolyglotException e) {
            return new Stripped.Refused(JsCompiler.refused(e, original, 0));
        } catch (StackOverflowError e) {
            return new Stripped.Refused(JsCompiler.tooDeep());
        }
    }

    private Context context() {
        Context known = context;
        if (known == null) {
            known = runtime.newContext();
            context = known;
        }
        return known;
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
        }
    }

    private static Compilation.Refused refused(Original original, String message) {
        Matcher at = AT.matcher(message);
        return at.find()
                ? JsCompiler.refused(
                        message.substring(0, at.start()),
                        original,
                        Integer.parseInt(at.group(1)),
                        Integer.parseInt(at.group(2)))
                : new Compilation.Refused(message, 0, 0);
    }

    private static Optional<Compilation.Refused> unsupported(Original original) {
        List<Token> tokens = Tokens.of(original.text());
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token next = tokens.get(i + 1);
            if (token.is("@") && next.kind() == Kind.WORD) {
                return Optional.of(
                        refused(original, token, "decorators are not supported; call the function yourself"));
            }
            if ((token.is("namespace") || token.is("module")) && isBlock(tokens, i)) {
                return Optional.of(
                        refused(original, token, "namespaces are not supported; put it into a file and import that"));
            }
        }
        return Optional.empty();
    }

    /** Whether that word begins a namespace with code in it, rather than a declaration of types or a variable of that name. */
    private static boolean isBlock(List<Token> tokens, int i) {
        boolean named = tokens.get(i + 1).kind() == Kind.WORD
                && i + 2 < tokens.size()
                && (tokens.get(i + 2).is("{") || tokens.get(i + 2).is("."));
        boolean declared = i > 0 && tokens.get(i - 1).is("declare")
                || i > 0 && tokens.get(i - 1).is(".");
        return named && !declared;
    }

    private static Compilation.Refused refused(Original original, Token token, String words) {
        int line = Imports.line(original.text(), token.from());
        int column = token.from() - original.text().lastIndexOf('\n', token.from());
        return JsCompiler.refused(words, original, line, column);
    }
}
