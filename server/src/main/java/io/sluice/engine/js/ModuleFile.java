package io.sluice.engine.js;

import io.sluice.engine.Where;
import io.sluice.engine.js.Imports.Import;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.graalvm.polyglot.Source;

/**
 * One of the texts of a script, ready for the engine.
 *
 * @param path in the tree of the script
 * @param code JavaScript
 */
record ModuleFile(String path, Kind kind, String code, Original original, Imports imports) {
    static final String OPENING = "(function(exports, require, module, __filename, __dirname){";
    static final String MODULE_TYPE = "application/javascript+module";

    enum Kind {
        /** With imports and exports of the language. */
        MODULE,
        /** With {@code require} and {@code module.exports}. */
        COMMON,
        JSON,
        /** Declarations of types; nothing runs. */
        TYPES
    }

    static ModuleFile of(String path, String code, Original original, boolean packageOfModules) {
        String extension = Paths.extension(path);
        if (extension.equals("json")) {
            return new ModuleFile(path, Kind.JSON, code, original, Imports.of(""));
        }
        if (Paths.isDeclaration(path)) {
            return new ModuleFile(path, Kind.TYPES, "export {};", original, Imports.of(""));
        }
        Imports imports = Imports.of(code);
        boolean common = extension.startsWith("c");
        boolean module = !common && (extension.startsWith("m") || imports.module() || packageOfModules);
        return new ModuleFile(path, module ? Kind.MODULE : Kind.COMMON, code, original, imports);
    }

    /** With some of its imports renamed. */
    ModuleFile renamed(Function<Import, String> names) {
        StringBuilder changed = new StringBuilder(code);
        List<Import> all = imports.all();
        for (int i = all.size() - 1; i >= 0; i--) {
            Import one = all.get(i);
            String name = names.apply(one);
            if (!name.equals(one.specifier())) {
                changed.replace(one.from(), one.to(), "'" + name + "'");
            }
        }
        return new ModuleFile(path, kind, changed.toString(), original, imports);
    }

    /** What the engine parses: a function around what uses {@code require}. */
    Source source() {
        boolean module = kind == Kind.MODULE;
        String text = module ? code : OPENING + code + "\n})";
        try {
            return Source.newBuilder("js", new File("/" + path))
                    .content(text)
                    .name(path)
                    .mimeType(module ? MODULE_TYPE : "application/javascript")
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory could not be read", e);
        }
    }

    /** Where that line and column of the engine's text are in the author's. */
    Where place(int line, int column) {
        return original.place(line, kind == Kind.COMMON && line == 1 ? column - OPENING.length() : column);
    }

    /** A module that hands on what {@code require} gives for that name. */
    static String bridge(String required, Iterable<String> exported) {
        StringBuilder names = new StringBuilder();
        int number = 0;
        for (String name : exported) {
            if (!name.equals("default") && !name.startsWith("#") && name.matches("[\\w$]+")) {
                names.append("const n").append(++number).append(" = m?.").append(name);
                names.append("; export { n")
                        .append(number)
                        .append(" as ")
                        .append(name)
                        .append(" };\n");
            }
        }
        return "const m = globalThis[Symbol.for('sluice.require')]('" + quoted(required) + "'); export default m;\n"
                + names;
    }

    static String quoted(String text) {
        return text.replace("\\", "\\\\")
                .replace("'", "\\'")
                .replace("\n", "\\n")
                .replace("\0", "\\0");
    }

    /** Whether the package that it belongs to says that its files are modules. */
    static boolean inPackageOfModules(String path, Map<String, String> texts) {
        String folder = Paths.folder(path);
        while (!folder.isEmpty()) {
            String manifest = texts.get(folder + "/package.json");
            if (manifest != null) {
                return Manifest.read(manifest).isModule();
            }
            folder = Paths.folder(folder);
        }
        return false;
    }
}
