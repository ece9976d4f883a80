package io.sluice.service.file;

import io.sluice.api.ApiException;
import io.sluice.api.ServiceRequest;
import io.sluice.api.Verb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Files and folders are copied or moved to where nothing is yet. The source exists, and so does the target's parent. */
record Copying(ServiceRequest request, FileStore store, Uploads uploads) {
    void copy(FilePath source, FilePath target, boolean moving) throws IOException {
        if (source.folder()) {
            folder(source, target, moving);
            return;
        }
        uploads.mustNotExist(target);
        uploads.mustNotBeFolder(target);
        if (moving) {
            store.move(source, target);
        } else {
            store.copy(source, target);
        }
    }

    /** A folder that is moved goes only once all of it is at its new place. */
    private void folder(FilePath source, FilePath target, boolean moving) throws IOException {
        if (target.toString().startsWith(source.toString())) {
            throw ApiException.badRequest("Folder '" + source + "' cannot be copied into itself.");
        }
        List<FileEntry> entries = store.list(source, true);
        entries.forEach(entry -> allow(entry.path(), moved(entry.path(), source, target), moving));
        uploads.make(target);
        for (FileEntry entry : parentsFirst(entries)) {
            FilePath to = moved(entry.path(), source, target);
            if (entry.path().folder()) {
                store.makeFolder(to);
            } else {
                store.copy(entry.path(), to);
            }
        }
        if (moving) {
            remove(source, entries);
        }
    }

    /** Just what was copied. What came meanwhile stays, and so do the folders that it lies in. */
    private void remove(FilePath source, List<FileEntry> copied) throws IOException {
        for (FileEntry entry : copied) {
            if (!entry.path().folder()) {
                store.delete(entry.path());
            }
        }
        for (FileEntry entry : parentsFirst(copied).reversed()) {
            if (entry.path().folder()) {
                removeEmpty(source, entry.path());
            }
        }
        removeEmpty(source, source);
    }

    private void removeEmpty(FilePath source, FilePath folder) throws IOException {
        if (!store.list(folder, false).isEmpty()) {
            throw ApiException.conflict(
                    "Folder '" + source + "' was copied, but '" + folder
                            + "' holds something that was not there when the move began. It stays where it is; move it in a call of its own.");
        }
        store.deleteFolder(folder, false);
    }

    private void allow(FilePath from, FilePath to, boolean moving) {
        Uploads.allow(request, Verb.GET, from);
        Uploads.allow(request, request.verb(), to);
        if (moving) {
            Uploads.allow(request, Verb.DELETE, from);
        }
    }

    private static List<FileEntry> parentsFirst(List<FileEntry> entries) {
        List<FileEntry> sorted = new ArrayList<>(entries);
        sorted.sort((one, other) ->
                Integer.compare(one.path().names().size(), other.path().names().size()));
        return sorted;
    }

    private static FilePath moved(FilePath path, FilePath source, FilePath target) {
        List<String> names = new ArrayList<>(target.names());
        names.addAll(path.names().subList(source.names().size(), path.names().size()));
        return new FilePath(names, path.folder());
    }
}
