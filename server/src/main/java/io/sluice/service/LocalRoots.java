package io.sluice.service;

import io.sluice.api.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folders of this machine below which services may reach ({@code files.roots}). Every path is judged with its symbolic links
 * resolved, so a link below a root that leads elsewhere is outside. Thread-safe.
 */
public final class LocalRoots {
    private final List<Path> roots;

    /** At least one; the first is where relative paths start. A root need not exist yet. */
    public LocalRoots(List<Path> roots) {
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("no root");
        }
        this.roots =
                roots.stream().map(root -> root.toAbsolutePath().normalize()).toList();
    }

    /** The path that a config value names: relative to the first root, or absolute below any. Anything else is a 400. */
    public Path resolve(String text) {
        Path path = parse(text);
        if (!contains(path)) {
            throw ApiException.badRequest("The folder or file '" + text
                    + "' lies outside of the folders that services may use. Put it below one of those, or let the server's"
                    + " administrator add its folder to files.roots.");
        }
        return path;
    }

    private Path parse(String text) {
        try {
            return roots.getFirst().resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw ApiException.badRequest(
                    "'" + text.replace('\0', '?') + "' is not a path that this machine can have.");
        }
    }

    /** Whether that path, its links resolved, is a root or lies below one. */
    public boolean contains(Path path) {
        try {
            Path real = real(path);
            for (Path root : roots) {
                if (real.startsWith(real(root))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // a path that cannot be followed to its end is not known to be inside
        }
    }

    /** The path with the links of its existing part resolved. */
    private static Path real(Path path) throws IOException {
        Path existing = path.toAbsolutePath().normalize();
        while (!Files.exists(existing, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            @Nullable Path parent = existing.getParent();
            if (parent == null) {
                return path;
            }
            existing = parent;
        }
        return existing.toRealPath()
                .resolve(existing.relativize(path.toAbsolutePath().normalize()))
                .normalize();
    }
}
