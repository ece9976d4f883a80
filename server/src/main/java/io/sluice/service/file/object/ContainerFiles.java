package io.sluice.service.file.object;

import io.sluice.api.ApiException;
import io.sluice.service.file.FileEntry;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.MediaTypes;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Files and folders in a container that knows only keys. A folder is an empty object whose key ends with a slash, or what the keys of
 * other objects begin with. The root is always there; the container is made by the first upload.
 */
public final class ContainerFiles implements FileStore {
    private static final int PAGE = 1000;
    private static final byte[] NOTHING = {};
    private static final String FOLDER_TYPE = "application/x-directory";

    private final Keys keys;
    private final Supplier<Container> opening;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Container opened;

    /**
     * @param prefix what all keys begin with
     * @param opening called once, at the first use: a server whose services speak to no object store loads no client for them
     */
    public ContainerFiles(String prefix, Supplier<Container> opening) {
        this.keys = new Keys(prefix);
        this.opening = opening;
    }

    private Container container() {
        lock.lock();
        try {
            if (opened == null) {
                opened = opening.get();
            }
            return opened;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<FileEntry> find(FilePath path) throws IOException {
        if (path.isRoot()) {
            return Optional.of(new FileEntry(path, FileEntry.NO_TIME, 0));
        }
        return path.folder()
                ? folder(path)
                : container().find(keys.of(path)).map(found -> new FileEntry(path, found.modified(), found.size()));
    }

    private Optional<FileEntry> folder(FilePath folder) throws IOException {
        String marker = keys.of(folder);
        Optional<String> after = Optional.empty();
        try {
            do {
                Container.Page page = container().list(marker, true, after, 1);
                if (!page.entries().isEmpty()) {
                    return Optional.of(entry(folder, page.entries().getFirst()));
                }
                after = page.next();
            } while (after.isPresent());
            return Optional.empty();
        } catch (ContainerMissing e) {
            return Optional.empty();
        }
    }

    private FileEntry entry(FilePath folder, Container.Listed first) {
        boolean itself = first.key().equals(keys.of(folder));
        return new FileEntry(folder, itself ? first.modified() : FileEntry.NO_TIME, 0);
    }

    @Override
    public List<FileEntry> list(FilePath folder, boolean deep) throws IOException {
        Gathered found = new Gathered(keys, folder);
        each(keys.of(folder), deep, page -> page.entries().forEach(found::add));
        return found.all();
    }

    private interface OnPage {
        void see(Container.Page page) throws IOException;
    }

    private void each(String prefix, boolean deep, OnPage work) throws IOException {
        try {
            Optional<String> after = Optional.empty();
            do {
                Container.Page page = container().list(prefix, deep, after, PAGE);
                work.see(page);
                after = page.next();
            } while (after.isPresent());
        } catch (ContainerMissing e) {
            throw e.said();
        }
    }

    @Override
    public InputStream open(FilePath file, long from, long length) throws IOException {
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        try {
            return container().open(keys.of(file), from, length);
        } catch (FileNotFoundException e) {
            throw ApiException.notFound("The specified file '" + file + "' was not found in storage.");
        }
    }

    @Override
    public void write(FilePath file, InputStream content, OptionalLong length) throws IOException {
        String key = keys.of(file);
        String type = MediaTypes.byName(file.name());
        try (Parts parts = new Parts(content, length)) {
            parts.next();
            if (parts.ended()) {
                put(key, parts.current(), type);
            } else {
                upload(key, type, parts);
            }
        }
    }

    private void put(String key, byte[] content, String type) throws IOException {
        making(container -> {
            container.put(key, content, type);
            return container;
        });
    }

    private void upload(String key, String type, Parts parts) throws IOException {
        Container.Upload upload = making(container -> begun(container, key, type, parts.current()));
        try {
            while (!parts.ended()) {
                parts.next();
                send(parts.current(), upload);
            }
            upload.finish();
        } catch (IOException | RuntimeException e) {
            abandon(upload, e);
            throw e;
        }
    }

    private static void send(byte[] part, Container.Upload upload) throws IOException {
        if (part.length > 0) {
            upload.part(part);
        }
    }

    private static Container.Upload begun(Container container, String key, String type, byte[] first)
            throws IOException {
        Container.Upload upload = container.begin(key, type);
        try {
            upload.part(first);
            return upload;
        } catch (IOException | RuntimeException e) {
            abandon(upload, e);
            throw e;
        }
    }

    /** What went wrong before tells more than that it could not be tidied up. */
    private static void abandon(Container.Upload upload, Exception why) {
        try {
            upload.abandon();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private interface Work<T> {
        T in(Container container) throws IOException;
    }

    /** The work, in a container that is made when it is missing. */
    private <T> T making(Work<T> work) throws IOException {
        try {
            return work.in(container());
        } catch (ContainerMissing e) {
            container().make();
        }
        try {
            return work.in(container());
        } catch (ContainerMissing e) {
            throw e.said();
        }
    }

    @Override
    public void makeFolder(FilePath folder) throws IOException {
        put(keys.of(folder), NOTHING, FOLDER_TYPE);
    }

    @Override
    public void delete(FilePath file) throws IOException {
        container().delete(List.of(keys.of(file)));
    }

    @Override
    public void deleteFolder(FilePath folder, boolean contentOnly) throws IOException {
        String marker = keys.of(folder);
        boolean stays = contentOnly && !folder.isRoot();
        if (stays) {
            makeFolder(folder); // one that is only a part of the names of its files would go with them
        }
        each(
                marker,
                true,
                page -> container()
                        .delete(page.entries().stream()
                                .map(Container.Listed::key)
                                .filter(key -> !stays || !key.equals(marker))
                                .toList()));
    }

    @Override
    public void copy(FilePath from, FilePath to) throws IOException {
        container().copy(keys.of(from), keys.of(to));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (opened != null) {
                opened.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
