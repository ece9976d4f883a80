package io.sluice.engine.js;

import io.sluice.engine.Where;
import io.sluice.engine.js.Imports.How;
import io.sluice.engine.js.ModuleFile.Kind;
import io.sluice.engine.js.Resolver.Meaning;
import java.io.File;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.SourceSection;

/**
 * The texts of one version of a script and what their imports mean: all that its runs can load. Immutable, shared by runs.
 *
 * <p>To the engine, which knows only paths, each text lies at a slash and its path; what lies in no tree has a name in brackets:
 * {@code /(library)/lodash}. The engine does not say who asks for a package, so where two texts mean different files by one name,
 * the name is replaced in the second.
 */
final class Modules {
    /** Throws; imported before all others, it lets the engine link them but run none. */
    static final String STOP = "/(stop)";

    /** What it throws. */
    static final String STOPPED = "(stop)";

    private static final String BARE = "/(bare)/";
    private static final String LIBRARY = "/(library)/";
    private static final String MISSING = "/(missing)/";

    /** Before the place of a file that is not there. */
    private static final String ABSENT = "/(absent)";

    /** @param entry the path of the entry, the folder of which is where its own imports start */
    static Modules of(String entry, Collection<ModuleFile> files, Resolver resolver) {
        Map<String, String> bare = new HashMap<>();
        Map<String, ModuleFile> renamed = new TreeMap<>();
        for (ModuleFile file : files) {
            renamed.put(file.path(), file.renamed(one -> {
                boolean byEngine = one.how() != How.REQUIRE && !one.specifier().matches("[./].*|\\w\\w+:.*");
                if (!byEngine) {
                    return one.specifier();
                }
                String place = place(resolver.meaning(file.path(), one.specifier(), true), one.specifier());
                return place.equals(bare.computeIfAbsent(one.specifier(), name -> place)) ? one.specifier() : place;
            }));
        }
        return new Modules(entry, renamed, bare, resolver);
    }

    private final String entry;
    private final Map<String, ModuleFile> files;
    private final Map<String, String> bare;
    private final Resolver resolver;
    private final Map<String, Source> sources = new ConcurrentHashMap<>();

    private Modules(String entry, Map<String, ModuleFile> files, Map<String, String> bare, Resolver resolver) {
        this.entry = entry;
        this.files = files;
        this.bare = bare;
        this.resolver = resolver;
    }

    String entry() {
        return entry;
    }

    Resolver resolver() {
        return resolver;
    }

    Collection<ModuleFile> files() {
        return files.values();
    }

    Optional<ModuleFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The same object each time, so that it is parsed once. */
    Source source(ModuleFile file) {
        return sources.computeIfAbsent(file.path(), path -> file.source());
    }

    /** Where that is, in the author's words; empty for what is none of these texts. */
    Optional<Where> place(SourceSection at) {
        String path = String.valueOf(at.getSource().getPath()).replace(File.separatorChar, '/');
        return file(path.replaceFirst("^/", ""))
                .filter(file -> file.kind() == Kind.MODULE || at.getSource().equals(source(file)))
                .map(file -> file.place(at.getStartLine(), at.getStartColumn()));
    }

    private static String place(Meaning meaning, String specifier) {
        return switch (meaning) {
            case Meaning.File(String path) -> "/" + path;
            case Meaning.Library(String name) -> LIBRARY + name;
            case Meaning.Nothing nothing -> MISSING + specifier;
        };
    }

    /** Where a name lies that does not begin with a dot or a slash. */
    static String bare(String specifier) {
        return BARE + specifier;
    }

    /** The place that is meant by one that extensions or the like are missing from. Whatever is asked for has one. */
    String real(String place) {
        if (place.startsWith(BARE)) {
            String name = place.substring(BARE.length());
            return bare.getOrDefault(name, place(resolver.meaning(entry, name, true), name));
        }
        if (place.startsWith("/(")) {
            return place;
        }
        Meaning meaning = resolver.meaning("", "." + place, true);
        return meaning instanceof Meaning.Nothing ? ABSENT + place : place(meaning, place);
    }

    /** The text of a module for the engine, at its real place. */
    String text(String place) {
        if (place.equals(STOP)) {
            return "throw '" + STOPPED + "';";
        }
        if (place.startsWith(LIBRARY)) {
            String name = place.substring(LIBRARY.length());
            return ModuleFile.bridge(name, Libraries.exported(name));
        }
        return file(place.substring(1)).map(Modules::text).orElseGet(() -> missing(place));
    }

    private static String text(ModuleFile file) {
        return file.kind() == Kind.COMMON
                ? ModuleFile.bridge(
                        JsModules.BY_PATH + file.path(), file.imports().exported())
                : file.code();
    }

    private String missing(String place) {
        boolean absent = place.startsWith(ABSENT);
        String name = absent ? "." + place.substring(ABSENT.length()) : place.replaceFirst("^/\\(missing\\)/", "");
        String words = resolver.meaning(absent ? "" : entry, name, true) instanceof Meaning.Nothing nothing
                ? nothing.words()
                : "which is not there";
        return "throw new Error('" + ModuleFile.quoted(sentence(Gatherer.shown(name), words)) + "');";
    }

    static String sentence(String specifier, String words) {
        return "This script cannot load '" + specifier + "', " + words;
    }
}
