package io.sluice.engine.js;

import io.sluice.engine.Compilation;
import io.sluice.engine.SourceSet;
import io.sluice.engine.Where;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;

/**
 * Makes a program of a text, by parsing only. The text becomes the body of a function, begun on its own first line so that line
 * numbers stay right. A text with an {@code await} is tried as an async function first: as a plain one, {@code await (x)} would
 * be the call of a function of that name.
 */
final class JsCompiler {
    private static final String PLAIN = "(function(event, platform){";
    private static final String ASYNC = "(async function(event, platform){";
    private static final Pattern AWAIT = Pattern.compile("\\bawait\\b");
    private static final Pattern PREFIX = Pattern.compile("^SyntaxError: \\S+?:\\d+:\\d+ ");

    /** The language parses a body given to these on its own, so a text that closes the function early does not pass. */
    private static final Source ALONE = JsRuntime.source(
            "(check)",
            "(function(body, isAsync) { (isAsync ? (async () => {}).constructor : Function)('event', 'platform', body) })");

    private final JsRuntime runtime;
    private final Predicate<SourceSet> hardenable;

    /** @param hardenable whether a script may be tried in hardened contexts: {@link Hardenable#looks} */
    JsCompiler(JsRuntime runtime, Predicate<SourceSet> hardenable) {
        this.runtime = runtime;
        this.hardenable = hardenable;
    }

    Compilation compile(SourceSet source) {
        if (AWAIT.matcher(source.text()).find()) {
            Compilation async = compile(source, ASYNC);
            if (async instanceof Compilation.Compiled) {
                return async;
            }
            Compilation plain = compile(source, PLAIN);
            return plain instanceof Compilation.Compiled ? plain : async;
        }
        return compile(source, PLAIN);
    }

    private Compilation compile(SourceSet source, String opening) {
        Script script = Script.of(source.name(), source.text(), opening);
        try (Context context = runtime.newContext()) {
            runtime.making(() -> {
                context.parse(script.source());
                context.eval(ALONE).executeVoid(source.text(), opening.equals(ASYNC));
            });
            return new Compilation.Compiled(new JsProgram(runtime, script, hardenable.test(source)));
        } catch (PolyglotException e) {
            return refused(e, source, opening.length());
        } catch (StackOverflowError e) {
            return new Compilation.Refused("it is nested too deeply to be read", 0, 0);
        }
    }

    private static Compilation refused(PolyglotException e, SourceSet source, int shift) {
        if (!e.isSyntaxError()) {
            return new Compilation.Refused(
                    e.isResourceExhausted() ? "it is too large or nested too deeply" : words(e), 0, 0);
        }
        SourceSection at = e.getSourceLocation();
        if (at == null) {
            return new Compilation.Refused("there is a closing brace too many", 0, 0);
        }
        String[] lines = source.text().split("\r\n|[\n\r\u2028\u2029]", -1);
        if (at.getStartLine() > lines.length) {
            return new Compilation.Refused(
                    "the text ends before everything that was opened is closed",
                    lines.length,
                    lines[lines.length - 1].length() + 1);
        }
        int column = at.getStartColumn() - (at.getStartLine() == 1 ? shift : 0);
        String line = lines[at.getStartLine() - 1].strip();
        return new Compilation.Refused(
                words(e) + (line.isEmpty() ? "" : ": " + Where.clip(line)), at.getStartLine(), Math.max(1, column));
    }

    private static String words(PolyglotException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return PREFIX.matcher(end < 0 ? message : message.substring(0, end)).replaceFirst("");
    }
}
