package io.sluice.engine.js;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file that an import means, as Node.js and TypeScript do: with extensions and index files left out, {@code .js} for what
 * is {@code .ts}, packages in each {@code node_modules} from the importing file's folder up to the root. Pure but for the files.
 */
final class Resolver {
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:.*");
    /** Of a text that lies in no tree. */
    static final Resolver ALONE = new Resolver(path -> Optional.empty(), false);

    private final Function<String, Optional<String>> files;
    private final boolean tree;

    private Resolver(Function<String, Optional<String>> files, boolean tree) {
        this.files = files;
        this.tree = tree;
    }

    /** @param files the text at a path, if there is one */
    static Resolver in(Function<String, Optional<String>> files) {
        return new Resolver(files, true);
    }

    /** What an import means. */
    sealed interface Meaning {
        record File(String path) implements Meaning {}

        /** A library that comes with the server, or one function of it: {@code lodash/map}. */
        record Library(String name) implements Meaning {}

        /**
         * Nothing that there is.
         *
         * @param outside it is a package or a module of Node.js, so not a matter of the script's own files
         * @param words what is wrong and what to do, as the end of a sentence that began with the import
         * @param tried the first path that was looked at, empty for none
         */
        record Nothing(boolean outside, String words, String tried) implements Meaning {}
    }

    /**
     * @param from the path of the importing file
     * @param imported by {@code import}; by {@code require} otherwise
     */
    Meaning meaning(String from, String specifier, boolean imported) {
        if (specifier.matches("\\.\\.?(/.*)?")) {
            return relative(from, specifier);
        }
        if (specifier.startsWith("/") || specifier.contains("\\")) {
            return nothing("which is an absolute path; files are found only beside the script: write './…' or '../…'");
        }
        if (specifier.startsWith("node:")) {
            return node(specifier.substring(5));
        }
        if (SCHEME.matcher(specifier).matches()) {
            return nothing(
                    "which is an address; code is never loaded from addresses: put the file into the repository");
        }
        return named(from, specifier, imported);
    }

    private static Meaning nothing(String words) {
        return new Meaning.Nothing(false, words, "");
    }

    private Meaning relative(String from, String specifier) {
        if (!tree) {
            return nothing("but nothing lies beside a stored script; link it to a file or a repository");
        }
        Optional<String> path = Paths.in(Paths.folder(from), specifier);
        if (path.isEmpty()) {
            return nothing("which leads out of the repository or folder that the script lies in");
        }
        boolean types = Paths.isTypeScript(from);
        boolean folder =
                specifier.endsWith("/") || specifier.endsWith(".") || path.get().isEmpty();
        Optional<String> found = folder ? Optional.empty() : file(path.get(), types);
        return found.or(() -> index(path.get(), types))
                .<Meaning>map(Meaning.File::new)
                .orElseGet(() -> new Meaning.Nothing(false, "which is not there", path.get()));
    }

    private Optional<String> file(String path, boolean types) {
        return candidates(path, types).stream()
                .filter(one -> files.apply(one).isPresent())
                .findFirst();
    }

    private static List<String> candidates(String path, boolean types) {
        String extension = Paths.extension(path);
        List<String> all = new ArrayList<>();
        if (extension.isEmpty()) {
            List<String> endings = types
                    ? List.of(".ts", ".js", ".mts", ".mjs", ".cts", ".cjs", ".json", ".d.ts")
                    : List.of(".js", ".json", ".mjs", ".cjs", ".ts", ".mts");
            endings.forEach(ending -> all.add(path + ending));
        } else {
            all.add(path);
            if (List.of("js", "mjs", "cjs").contains(extension)) {
                all.add(path.substring(0, path.length() - 2) + "ts");
            }
        }
        return all;
    }

    private Optional<String> index(String folder, boolean types) {
        String within = folder.isEmpty() ? "" : folder + "/";
        return manifest(folder)
                .flatMap(manifest -> manifest.main(false))
                .flatMap(main -> Paths.in(folder, main))
                .flatMap(main -> file(main, types).or(() -> file(main + "/index", types)))
                .or(() -> file(within + "index", types));
    }

    private Optional<Manifest> manifest(String folder) {
        return files.apply(folder.isEmpty() ? "package.json" : folder + "/package.json")
                .map(Manifest::read);
    }

    private Meaning named(String from, String specifier, boolean imported) {
        if (NodeModules.hasOnly(specifier)) {
            return node(specifier);
        }
        String folder = Paths.folder(from);
        while (true) {
            Optional<String> found = packaged(folder, specifier, imported);
            if (found.isPresent()) {
                return new Meaning.File(found.get());
            }
            if (folder.isEmpty()) {
                return elsewhere(specifier);
            }
            folder = Paths.folder(folder);
        }
    }

    private static Meaning elsewhere(String specifier) {
        @Nullable String library = Libraries.named(specifier);
        if (library != null) {
            return new Meaning.Library(library);
        }
        return NodeModules.has(specifier)
                ? node(specifier)
                : new Meaning.Nothing(
                        true,
                        "a package that is in no node_modules beside or above the script; commit it there, with what it needs",
                        "");
    }

    private static Meaning node(String module) {
        return new Meaning.Nothing(
                true, "a module of Node.js; it does not exist here. " + NodeModules.advice(module), "");
    }

    /** A package of the {@code node_modules} in that folder, or a file within it. */
    private Optional<String> packaged(String folder, String specifier, boolean imported) {
        String[] names = specifier.split("/", specifier.startsWith("@") ? 3 : 2);
        int own = specifier.startsWith("@") ? 2 : 1;
        if (!tree
                || folder.equals("node_modules")
                || folder.endsWith("/node_modules")
                || names.length < own
                || specifier.startsWith("#")
                || Paths.in("", specifier).isEmpty()) {
            return Optional.empty();
        }
        String name = own == 2 ? names[0] + "/" + names[1] : names[0];
        String home = (folder.isEmpty() ? "" : folder + "/") + "node_modules/" + name;
        String within = names.length > own ? names[own] : "";
        return manifest(home).flatMap(manifest -> within(home, manifest, within, imported));
    }

    private Optional<String> within(String home, Manifest manifest, String within, boolean imported) {
        if (manifest.limits()) {
            return manifest.exported(within, imported)
                    .flatMap(path -> Paths.in(home, path))
                    .flatMap(this::exact);
        }
        if (!within.isEmpty()) {
            String path = home + "/" + within;
            return exact(path).or(() -> file(path, false)).or(() -> index(path, false));
        }
        return manifest.main(imported)
                .flatMap(main -> Paths.in(home, main))
                .flatMap(main -> exact(main).or(() -> file(main, false)).or(() -> file(main + "/index", false)))
                .or(() -> file(home + "/index", false));
    }

    private Optional<String> exact(String path) {
        return Paths.extension(path).isEmpty() || files.apply(path).isEmpty() ? Optional.empty() : Optional.of(path);
    }
}
