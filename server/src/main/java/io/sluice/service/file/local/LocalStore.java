package io.sluice.service.file.local;

import io.sluice.api.ApiException;
import io.sluice.service.LocalRoots;
import io.sluice.service.file.FileEntry;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.FirstBytes;
import io.sluice.service.file.LocalDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A folder of this machine. Links are followed only as long as they stay inside; what leads out is refused when addressed and
 * left out of lists. Only folders and regular files exist here: a pipe or device would block its reader.
 */
final class LocalStore implements FileStore {
    private final Path container;
    private final LocalRoots roots;

    /** The folder is made at its first use. */
    LocalStore(Path container, LocalRoots roots) {
        this.container = container;
        this.roots = roots;
    }

    @Override
    public Optional<FileEntry> find(FilePath path) throws IOException {
        Path place = place(path);
        if (!Files.exists(place)) {
            return Optional.empty();
        }
        return entry(path, inside(place, path));
    }

    private static Optional<FileEntry> entry(FilePath path, Path place) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // deleted since it was looked up
        }
        boolean fits = path.folder() ? attributes.isDirectory() : attributes.isRegularFile();
        return fits
                ? Optional.of(new FileEntry(
                        path, attributes.lastModifiedTime().toInstant(), path.folder() ? 0 : attributes.size()))
                : Optional.empty();
    }

    @Override
    public List<FileEntry> list(FilePath folder, boolean deep) throws IOException {
        List<FileEntry> found = new ArrayList<>();
        gather(new Listing(root(), deep, found), folder, inside(place(folder), folder));
        return found;
    }

    private record Listing(Path root, boolean deep, List<FileEntry> found) {}

    private static void gather(Listing listing, FilePath folder, Path place) throws IOException {
        for (Path one : sorted(place)) {
            Optional<FileEntry> entry = shown(listing.root(), folder, one);
            if (entry.isEmpty()) {
                continue;
            }
            listing.found().add(entry.get());
            // A link to a folder is not walked into, so that a circle of links ends.
            if (listing.deep() && entry.get().path().folder() && !Files.isSymbolicLink(one)) {
                gather(listing, entry.get().path(), one);
            }
        }
    }

    private static List<Path> sorted(Path place) throws IOException {
        try (var children = Files.list(place)) {
            List<Path> found = children.toList();
            found.stream().filter(Parts::is).forEach(Parts::sweep);
            return found.stream()
                    .filter(one -> !Parts.is(one))
                    .sorted(Comparator.comparing(one -> one.getFileName().toString()))
                    .toList();
        }
    }

    /** The entry of a child, empty for what cannot be addressed: links that lead out or nowhere, pipes, names that the API refuses. */
    private static Optional<FileEntry> shown(Path root, FilePath folder, Path child) throws IOException {
        try {
            Path real = child.toRealPath();
            if (!real.startsWith(root)) {
                return Optional.empty();
            }
            return entry(folder.child(child.getFileName().toString(), Files.isDirectory(real)), real);
        } catch (NoSuchFileException | ApiException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(FilePath file, long from, long length) throws IOException {
        Path place = inside(place(file), file);
        SeekableByteChannel channel = Files.newByteChannel(place, StandardOpenOption.READ);
        channel.position(from);
        return new FirstBytes(Channels.newInputStream(channel), length);
    }

    @Override
    public void write(FilePath file, InputStream content, OptionalLong length) throws IOException {
        Path folder = inside(place(file.parent()), file);
        Path target = folder.resolve(file.name());
        Path part = Parts.newIn(folder);
        try {
            LocalDisk.write(part, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public void makeFolder(FilePath folder) throws IOException {
        Files.createDirectory(inside(place(folder.parent()), folder).resolve(folder.name()));
    }

    @Override
    public void delete(FilePath file) throws IOException {
        inside(place(file), file);
        Files.delete(inside(place(file.parent()), file).resolve(file.name()));
    }

    @Override
    public void deleteFolder(FilePath folder, boolean contentOnly) throws IOException {
        Path real = inside(place(folder), folder);
        boolean keep = contentOnly || folder.isRoot();
        if (!keep && Files.isSymbolicLink(place(folder))) {
            Files.delete(place(folder)); // the link goes, what it points at stays
            return;
        }
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                if (!keep || !visited.equals(real)) {
                    Files.delete(visited);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The container with its links resolved; made when missing, and judged again, since folders change. */
    private Path root() throws IOException {
        if (!Files.isDirectory(container)) {
            Files.createDirectories(container);
        }
        if (!roots.contains(container)) {
            throw ApiException.forbidden(
                    "The root folder of this service leads out of the folders that services may use.");
        }
        return container.toRealPath();
    }

    private Path place(FilePath path) throws IOException {
        try {
            Path place = root();
            for (String name : path.names()) {
                place = place.resolve(name);
            }
            return place;
        } catch (InvalidPathException e) {
            throw ApiException.badRequest("The path '" + path + "' holds a name that this machine cannot have.");
        }
    }

    /** The place with its links resolved; one that leads out of the container is a 403. */
    private Path inside(Path place, FilePath path) throws IOException {
        Path real = place.toRealPath();
        if (!real.startsWith(root())) {
            throw ApiException.forbidden("'" + path + "' is a link that leads out of this storage.");
        }
        return real;
    }
}
