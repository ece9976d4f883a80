package io.sluice.service.file.webdav;

import io.sluice.api.ApiException;
import io.sluice.service.file.FileEntry;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;

/** A folder of a WebDAV server. It is there for readers before anybody made it: empty. */
final class DavStore implements FileStore {
    private final DavAddresses addresses;
    private final Folders folders;
    private final Parts parts;
    private final Files files;
    private final Turns turns = new Turns();

    DavStore(DavServer server, DavAddresses addresses, InstantSource clock) {
        this.addresses = addresses;
        this.folders = new Folders(server);
        this.files = new Files(server, addresses);
        this.parts = new Parts(files, addresses, clock);
    }

    @Override
    public Optional<FileEntry> find(FilePath path) throws IOException {
        Optional<FileEntry> found = looked(path, () -> folders.at(addresses.of(path)))
                .filter(resource -> resource.folder() == path.folder())
                .map(resource -> new FileEntry(path, resource.modified(), resource.size()));
        return path.isRoot() ? found.or(() -> Optional.of(new FileEntry(path, Instant.EPOCH, 0))) : found;
    }

    private interface Look<T> {
        T now() throws IOException;
    }

    private <T> T looked(FilePath path, Look<T> look) throws IOException {
        Lock turn = turns.looking(path);
        turn.lock();
        try {
            return look.now();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public List<FileEntry> list(FilePath folder, boolean deep) throws IOException {
        List<FileEntry> found = new ArrayList<>();
        gather(folder, deep, found);
        return found;
    }

    /** One folder at a time: servers refuse to tell all of a tree at once, and rightly so. */
    private void gather(FilePath folder, boolean deep, List<FileEntry> found) throws IOException {
        for (FileEntry entry : entries(folder)) {
            found.add(entry);
            if (deep && entry.path().folder()) {
                gather(entry.path(), true, found);
            }
        }
    }

    private List<FileEntry> entries(FilePath folder) throws IOException {
        List<FileEntry> entries = new ArrayList<>();
        for (Resource resource : folders.in(addresses.of(folder)).orElse(List.of())) {
            if (Parts.is(resource.name())) {
                parts.sweep(folder, resource);
            } else {
                child(folder, resource)
                        .map(path -> new FileEntry(path, resource.modified(), resource.size()))
                        .ifPresent(entries::add);
            }
        }
        entries.sort(Comparator.comparing(entry -> entry.path().name()));
        return entries;
    }

    /** Empty for names that the API cannot say, and for paths that are too long for it: folders may lead in circles. */
    private static Optional<FilePath> child(FilePath folder, Resource resource) {
        try {
            FilePath path = folder.child(resource.name(), resource.folder());
            boolean same = FilePath.of(path.bare()).name().equals(resource.name());
            return same ? Optional.of(path) : Optional.empty();
        } catch (ApiException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(FilePath file, long from, long length) throws IOException {
        return length <= 0
                ? InputStream.nullInputStream()
                : looked(file, () -> files.get(addresses.of(file), from, length));
    }

    @Override
    public void write(FilePath file, InputStream content, OptionalLong length) throws IOException {
        parts.write(file, part -> put(part, content, length), part -> replace(part, file));
    }

    private void put(URI part, InputStream content, OptionalLong length) throws IOException {
        if (length.isPresent() && length.getAsLong() <= Files.HELD_BYTES) {
            files.put(part, content, (int) length.getAsLong());
            return;
        }
        // The content can be sent once: what could be refused before it is sent should be refused now.
        if (folders.at(part.resolve(".")).isEmpty()) {
            files.makeContainer();
        }
        files.put(part, content, length);
    }

    private void replace(URI from, FilePath to) throws IOException {
        Lock turn = turns.replacing(to);
        turn.lock();
        try {
            if (!files.transfer("MOVE", from, addresses.of(to))) {
                throw new FileNotFoundException(to.toString());
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void makeFolder(FilePath folder) throws IOException {
        files.makeFolder(addresses.of(folder));
    }

    @Override
    public void delete(FilePath file) throws IOException {
        files.delete(addresses.of(file));
    }

    @Override
    public void deleteFolder(FilePath folder, boolean contentOnly) throws IOException {
        URI address = addresses.of(folder);
        if (!contentOnly && !folder.isRoot()) {
            files.delete(address);
            return;
        }
        for (Resource resource : folders.in(address).orElse(List.of())) {
            files.delete(addresses.in(folder, resource));
        }
    }

    /** A server may copy by and by, so the copy too is moved into place when all of it is there. */
    @Override
    public void copy(FilePath from, FilePath to) throws IOException {
        parts.write(
                to,
                part -> {
                    if (!files.transfer("COPY", addresses.of(from), part)) {
                        throw new FileNotFoundException(from.toString());
                    }
                },
                part -> replace(part, to));
    }

    @Override
    public void move(FilePath from, FilePath to) throws IOException {
        replace(addresses.of(from), to);
    }
}
