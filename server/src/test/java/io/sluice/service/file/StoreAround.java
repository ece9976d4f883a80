package io.sluice.service.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A real store, for tests that let something happen in the middle of a call. */
class StoreAround implements FileStore {
    final FileStore inner;

    StoreAround(FileStore inner) {
        this.inner = inner;
    }

    @Override
    public Optional<FileEntry> find(FilePath path) throws IOException {
        return inner.find(path);
    }

    @Override
    public List<FileEntry> list(FilePath folder, boolean deep) throws IOException {
        return inner.list(folder, deep);
    }

    @Override
    public InputStream open(FilePath file, long from, long length) throws IOException {
        return inner.open(file, from, length);
    }

    @Override
    public void write(FilePath file, InputStream content, OptionalLong length) throws IOException {
        inner.write(file, content, length);
    }

    @Override
    public void makeFolder(FilePath folder) throws IOException {
        inner.makeFolder(folder);
    }

    @Override
    public void delete(FilePath file) throws IOException {
        inner.delete(file);
    }

    @Override
    public void deleteFolder(FilePath folder, boolean contentOnly) throws IOException {
        inner.deleteFolder(folder, contentOnly);
    }
}
