package io.sluice.engine.js;

import io.sluice.engine.Compilation;
import io.sluice.engine.SourceSet;
import io.sluice.engine.js.Imports.How;
import io.sluice.engine.js.TypeScript.Stripped;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;

/**
 * Makes a program of a text, by parsing only. The text becomes the body of a function, begun on its own first line so that line
 * numbers stay right. A text with an {@code await} is tried as an async function first: as a plain one, {@code await (x)} would
 * be the call of a function of that name. A text that imports or exports is a module instead, and a function imports it.
 */
final class JsCompiler {
    private static final String PLAIN = "(function(event, platform){";
    private static final String ASYNC = "(async function(event, platform){";

    /** Of a module the default export is called, if it is a function; the module itself sees the globals. */
    private static final String MODULE = """
            (function(event, platform) {
              for (const [name, value] of [['event', event], ['platform', platform]])
                Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
              return import('/%s').then((module) => {
                const main = module.default;
                return typeof main === 'function' ? main(event, platform) : main;
              });""";

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
        try (TypeScript types = new TypeScript(runtime)) {
            Stripped stripped = source.language().equals(JavaScriptEngine.TYPESCRIPT)
                    ? types.strip(source.name(), source.text())
                    : new Stripped.Code(source.text(), Original.of(source.name(), source.text()));
            return switch (stripped) {
                case Stripped.Refused(Compilation.Refused why) -> why;
                case Stripped.Code code -> compile(source, code, types);
            };
        }
    }

    private Compilation compile(SourceSet source, Stripped.Code entry, TypeScript types) {
        Imports imports = Imports.of(entry.code());
        boolean alone = source.siblings().isEmpty()
                && imports.all().stream().noneMatch(one -> one.how() == How.DYNAMIC)
                && !imports.module();
        if (alone) {
            return body(entry, Optional.empty(), hardenable.test(source));
        }
        return switch (new ModulesCompiler(runtime, types, source, entry).assemble()) {
            case ModulesCompiler.Assembly.Refused(Compilation.Refused why) -> why;
            case ModulesCompiler.Assembly.Whole(Modules all) ->
                imports.module() ? module(entry, all) : body(entry, Optional.of(all), false);
        };
    }

    private Compilation module(Stripped.Code entry, Modules modules) {
        String opening = MODULE.formatted(ModuleFile.quoted(modules.entry()));
        Source source = JsRuntime.source("(start)", opening + "\n})");
        return new Compilation.Compiled(
                new JsProgram(runtime, new Script(source, opening, entry.original(), Optional.of(modules)), false));
    }

    private Compilation body(Stripped.Code entry, Optional<Modules> modules, boolean hardens) {
        if (AWAIT.matcher(entry.code()).find()) {
            Compilation async = body(entry, ASYNC, modules, hardens);
            if (async instanceof Compilation.Compiled) {
                return async;
            }
            Compilation plain = body(entry, PLAIN, modules, hardens);
            return plain instanceof Compilation.Compiled ? plain : async;
        }
        return body(entry, PLAIN, modules, hardens);
    }

    private Compilation body(Stripped.Code entry, String opening, Optional<Modules> modules, boolean hardens) {
        Script script = Script.of(entry.code(), opening, entry.original(), modules);
        try (Context context = runtime.newContext()) {
            runtime.making(() -> {
                context.parse(script.source());
                context.eval(ALONE).executeVoid(entry.code(), opening.equals(ASYNC));
            });
            return new Compilation.Compiled(new JsProgram(runtime, script, hardens));
        } catch (PolyglotException e) {
            return refused(e, entry.original(), opening.length());
        } catch (StackOverflowError e) {
            return tooDeep();
        }
    }

    static Compilation.Refused tooDeep() {
        return new Compilation.Refused("it is nested too deeply to be read", 0, 0);
    }

    /** @param shift of the columns of the first line */
    static Compilation.Refused refused(PolyglotException e, Original original, int shift) {
        if (!e.isSyntaxError()) {
            return new Compilation.Refused(
                    e.isResourceExhausted() ? "it is too large or nested too deeply" : words(e), 0, 0);
        }
        SourceSection at = e.getSourceLocation();
        if (at == null) {
            return new Compilation.Refused("there is a closing brace too many", 0, 0);
        }
        String[] lines = original.lines();
        if (at.getStartLine() > lines.length) {
            return new Compilation.Refused(
                    "the text ends before everything that was opened is closed",
                    lines.length,
                    lines[lines.length - 1].length() + 1);
        }
        int column = at.getStartColumn() - (at.getStartLine() == 1 ? shift : 0);
        return refused(words(e), original, at.getStartLine(), column);
    }

    /** @param column in what was made of the original */
    static Compilation.Refused refused(String words, Original original, int line, int column) {
        String text = original.line(line);
        return new Compilation.Refused(
                words + (text.isEmpty() ? "" : ": " + text), line, original.column(line, column));
    }

    static String words(PolyglotException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return PREFIX.matcher(end < 0 ? message : message.substring(0, end)).replaceFirst("");
    }
}
