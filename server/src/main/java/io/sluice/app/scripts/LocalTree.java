package io.sluice.app.scripts;

import io.sluice.engine.Tree;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a local folder around a script. Nothing outside of the folder is read, wherever links lead. */
record LocalTree(Path root) implements Tree {

    /** The work tree that the entry lies in; without one the folder that we are in, if the entry lies below it; else its own. */
    static LocalTree around(Path entry) {
        Path file = entry.toAbsolutePath().normalize();
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"))) {
                return new LocalTree(folder);
            }
        }
        Path here = Path.of("").toAbsolutePath();
        return new LocalTree(file.startsWith(here) ? here : file.resolveSibling(""));
    }

    /** Where a file lies in it, with slashes. */
    String path(Path entry) {
        return root.relativize(entry.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }

    @Override
    public Leaf leaf(String path) {
        Path file = root.resolve(path).normalize();
        if (!Files.isRegularFile(file)) {
            return new Leaf.None("there is no such file");
        }
        try {
            return file.toRealPath().startsWith(root.toRealPath())
                    ? new Leaf.Text(Files.readString(file))
                    : new Leaf.None("it lies outside of " + root);
        } catch (CharacterCodingException e) {
            return new Leaf.None("it is no text in UTF-8");
        } catch (IOException e) {
            return new Leaf.None("it cannot be read: " + e.getMessage());
        }
    }
}
