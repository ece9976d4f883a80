package io.sluice.service.file.swift;

import io.sluice.api.ApiException;
import io.sluice.service.file.FileEntry;
import io.sluice.service.file.FilePath;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes files and folders of names. A folder is there when an object stands for it, or when names of others lead through it. */
final class Tree {
    private final FilePath folder;
    private final Map<String, FileEntry> entries = new LinkedHashMap<>();

    Tree(FilePath folder) {
        this.folder = folder;
    }

    void add(Listed listed) {
        addressed(listed).ifPresent(path -> {
            through(path);
            entries.merge(
                    path.toString(),
                    new FileEntry(path, listed.modified(), path.folder() ? 0 : listed.bytes()),
                    (known, more) -> known.modified().isBefore(more.modified()) ? more : known);
        });
    }

    /** Empty for the folder itself, and for names that the API cannot say, such as {@code a//b}. */
    private Optional<FilePath> addressed(Listed listed) {
        String bare = listed.whole().replaceFirst("/$", "");
        try {
            FilePath path = new FilePath(FilePath.of(bare).names(), listed.isFolder());
            boolean same = path.bare().equals(bare)
                    && path.names().size() > folder.names().size();
            return same ? Optional.of(path) : Optional.empty();
        } catch (ApiException e) {
            return Optional.empty();
        }
    }

    /** The folders between; the time of one for which no object stands is not known. */
    private void through(FilePath path) {
        FilePath above = path.parent();
        while (above.names().size() > folder.names().size() && isNew(above)) {
            above = above.parent();
        }
    }

    private boolean isNew(FilePath path) {
        return entries.putIfAbsent(path.toString(), new FileEntry(path, Instant.EPOCH, 0)) == null;
    }

    /** By name. */
    List<FileEntry> entries() {
        return entries.values().stream()
                .sorted(Comparator.comparing(entry -> entry.path().bare()))
                .toList();
    }
}
