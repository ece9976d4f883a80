package io.sluice.engine.js;

import io.sluice.engine.Compilation;
import io.sluice.engine.SourceSet;
import io.sluice.engine.js.Imports.How;
import io.sluice.engine.js.Imports.Import;
import io.sluice.engine.js.ModuleFile.Kind;
import io.sluice.engine.js.Resolver.Meaning;
import io.sluice.engine.js.TypeScript.Stripped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the modules of a script of its texts, and finds what is wrong in them as far as that can be known without running them: the
 * syntax of its own texts, imports that mean nothing, names that are not exported. Texts of packages are looked at when they run.
 */
final class ModulesCompiler {
    /** The entry of a text that lies in no tree. */
    private static final String STORED = "(script)";

    private final JsRuntime runtime;
    private final TypeScript types;
    private final SourceSet source;
    private final Stripped.Code entry;
    private final String path;
    private final Map<String, String> texts;

    ModulesCompiler(JsRuntime runtime, TypeScript types, SourceSet source, Stripped.Code entry) {
        this.runtime = runtime;
        this.types = types;
        this.source = source;
        this.entry = entry;
        this.path = source.path().isEmpty() ? STORED : source.path();
        this.texts = source.siblings();
    }

    sealed interface Assembly {
        record Whole(Modules modules) implements Assembly {}

        record Refused(Compilation.Refused why) implements Assembly {}
    }

    Assembly assemble() {
        List<ModuleFile> files = new ArrayList<>();
        files.add(ModuleFile.of(path, entry.code(), entry.original(), false));
        for (Map.Entry<String, String> one : new TreeMap<>(texts).entrySet()) {
            switch (stripped(one.getKey(), one.getValue())) {
                case Stripped.Refused(Compilation.Refused why) -> {
                    return new Assembly.Refused(in(one.getKey(), why));
                }
                case Stripped.Code(String code, Original original) ->
                    files.add(ModuleFile.of(
                            one.getKey(), code, original, ModuleFile.inPackageOfModules(one.getKey(), texts)));
            }
        }
        Resolver resolver = source.path().isEmpty() && texts.isEmpty() ? Resolver.ALONE : Resolver.in(this::text);
        return checked(Modules.of(path, files, resolver));
    }

    private Optional<String> text(String wanted) {
        return wanted.equals(path) ? Optional.of(source.text()) : Optional.ofNullable(texts.get(wanted));
    }

    private Stripped stripped(String sibling, String text) {
        return Paths.isTypeScript(sibling) && !Paths.isDeclaration(sibling)
                ? types.strip(sibling, text)
                : new Stripped.Code(text, Original.of(sibling, text));
    }

    private Assembly checked(Modules modules) {
        ModuleFile first = modules.file(path).orElseThrow();
        Optional<Compilation.Refused> objection = syntax(modules);
        if (objection.isEmpty() && first.kind() == Kind.MODULE) {
            objection = meaningless(modules, first).or(() -> unlinked(modules));
        }
        return objection.<Assembly>map(Assembly.Refused::new).orElseGet(() -> new Assembly.Whole(modules));
    }

    private Optional<Compilation.Refused> syntax(Modules modules) {
        try (Context context = runtime.newContext()) {
            for (ModuleFile file : modules.files()) {
                boolean own = !Paths.isPackage(file.path());
                Optional<Compilation.Refused> objection = own ? syntax(context, modules, file) : Optional.empty();
                if (objection.isPresent()) {
                    return objection;
                }
            }
            return Optional.empty();
        }
    }

    private Optional<Compilation.Refused> syntax(Context context, Modules modules, ModuleFile file) {
        return switch (file.kind()) {
            case JSON -> json(file);
            case TYPES -> Optional.empty();
            case MODULE -> code(context, modules, file);
            // A script that is a function body is looked at as such.
            case COMMON -> file.path().equals(path) ? Optional.empty() : code(context, modules, file);
        };
    }

    private Optional<Compilation.Refused> json(ModuleFile file) {
        try {
            JsonMapper.shared().readTree(file.code());
            return Optional.empty();
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            return Optional.of(in(
                    file.path(),
                    at == null
                            ? new Compilation.Refused("this is not JSON", 0, 0)
                            : JsCompiler.refused(
                                    "this is not JSON", file.original(), at.getLineNr(), at.getColumnNr())));
        }
    }

    private Optional<Compilation.Refused> code(Context context, Modules modules, ModuleFile file) {
        try {
            runtime.making(() -> context.parse(modules.source(file)));
            return Optional.empty();
        } catch (PolyglotException e) {
            int shift = file.kind() == Kind.COMMON ? ModuleFile.OPENING.length() : 0;
            return Optional.of(in(file.path(), JsCompiler.refused(e, file.original(), shift)));
        } catch (StackOverflowError e) {
            return Optional.of(in(file.path(), JsCompiler.tooDeep()));
        }
    }

    /** Places in the entry are told by line and column, those in other texts by the words. */
    private Compilation.Refused in(String file, Compilation.Refused why) {
        return file.equals(path) ? why : new Compilation.Refused(file + " " + why.where(), 0, 0);
    }

    /** An import declaration, of any module that the entry needs, that can never be satisfied. */
    private Optional<Compilation.Refused> meaningless(Modules modules, ModuleFile first) {
        Set<String> seen = new HashSet<>(Set.of(first.path()));
        Deque<ModuleFile> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            ModuleFile file = open.remove();
            for (Import one : file.imports().all()) {
                if (file.kind() != Kind.MODULE || one.how() != How.STATIC) {
                    continue;
                }
                Meaning meaning = modules.resolver().meaning(file.path(), one.specifier(), true);
                Optional<String> objection = objection(one, meaning);
                if (objection.isPresent()) {
                    return objection.map(words -> at(file, one, words));
                }
                if (meaning instanceof Meaning.File(String next) && seen.add(next)) {
                    modules.file(next).ifPresent(open::add);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> objection(Import one, Meaning meaning) {
        String what = "it imports '" + Gatherer.shown(one.specifier()) + "', ";
        return switch (meaning) {
            case Meaning.Nothing nothing -> Optional.of(what + nothing.words());
            case Meaning.File(String file)
            when Paths.extension(file).equals("json") && !one.json() ->
                Optional.of(what + "which is JSON: add with { type: 'json' }, or use require");
            case Meaning.File file -> Optional.empty();
            case Meaning.Library library -> Optional.empty();
        };
    }

    private Compilation.Refused at(ModuleFile file, Import one, String words) {
        int line = Imports.line(file.code(), one.from());
        int column = one.from() - file.code().lastIndexOf('\n', one.from());
        return in(file.path(), JsCompiler.refused(words, file.original(), line, column));
    }

    /** Lets the engine link all modules, which it does before it runs the first, and that one stops it. */
    private Optional<Compilation.Refused> unlinked(Modules modules) {
        Source all = Source.newBuilder(
                        "js",
                        "import '" + Modules.STOP + "'; import '/" + ModuleFile.quoted(modules.entry()) + "';",
                        "(link)")
                .mimeType(ModuleFile.MODULE_TYPE)
                .buildLiteral();
        try (Context context = runtime.newContext(Optional.of(modules))) {
            runtime.making(() -> context.eval(all));
            return Optional.empty();
        } catch (PolyglotException e) {
            // Anything but what stops it means that linking failed.
            return Modules.STOPPED.equals(e.getMessage()) ? Optional.empty() : Optional.of(linking(modules, e));
        } catch (StackOverflowError e) {
            return Optional.of(JsCompiler.tooDeep());
        }
    }

    private Compilation.Refused linking(Modules modules, PolyglotException e) {
        @Nullable
        String where = e.getSourceLocation() == null
                ? null
                : e.getSourceLocation().getSource().getPath();
        String words = JsCompiler.words(e).replaceFirst("^\\w*Error: ", "");
        return Optional.ofNullable(where)
                .flatMap(place -> modules.file(place.replace('\\', '/').replaceFirst("^/", "")))
                .map(file -> file.imports().all().stream()
                        .filter(one -> words.contains("'" + one.specifier() + "'"))
                        .findFirst()
                        .map(one -> at(file, one, words))
                        .orElseGet(() -> in(file.path(), JsCompiler.refused(e, file.original(), 0))))
                .orElseGet(() -> new Compilation.Refused(Objects.requireNonNull(words), 0, 0));
    }
}
