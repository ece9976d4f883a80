package io.sluice.engine.js;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/** Paths in a tree: plain names with slashes between, the root being empty. Pure. */
final class Paths {
    private static final Set<String> EXTENSIONS = Set.of("js", "mjs", "cjs", "json", "ts", "mts", "cts");

    private Paths() {}

    /** That path as seen from a folder, {@code .} and {@code ..} resolved; empty when it leads out of the root. */
    static Optional<String> in(String folder, String relative) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : (folder + "/" + relative).split("/")) {
            if (name.equals("..")) {
                if (names.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.addLast(name);
            }
        }
        return Optional.of(String.join("/", names));
    }

    /** The folder that a file or folder lies in. */
    static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** In lower case letters as written, without the dot; empty for none that means anything here. */
    static String extension(String path) {
        String after = path.substring(path.lastIndexOf('.') + 1);
        return EXTENSIONS.contains(after) ? after : "";
    }

    static boolean isTypeScript(String path) {
        return Set.of("ts", "mts", "cts").contains(extension(path));
    }

    /** Declarations of types only: nothing runs. */
    static boolean isDeclaration(String path) {
        return path.matches(".*\\.d\\.[mc]?ts");
    }

    /** Code of others, from npm. */
    static boolean isPackage(String path) {
        return path.startsWith("node_modules/") || path.contains("/node_modules/");
    }
}
