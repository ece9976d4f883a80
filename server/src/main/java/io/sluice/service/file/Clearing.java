package io.sluice.service.file;

import io.sluice.api.ServiceRequest;
import io.sluice.api.Verb;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Empties folders for one call that unpacks archives: each of them once, and never of what the call itself has stored. */
final class Clearing {
    private final ServiceRequest request;
    private final FileStore store;
    private final Set<FilePath> own = new HashSet<>();

    Clearing(ServiceRequest request, FileStore store) {
        this.request = request;
        this.store = store;
    }

    /** The call has stored that file, or all that lies in that folder. */
    void stored(FilePath path) {
        own.add(path);
    }

    void allow(FilePath folder) throws IOException {
        Uploads.allow(request, Verb.DELETE, folder);
        Deletes.allowBelow(request, store, folder);
    }

    void clear(FilePath folder) throws IOException {
        if (!isOwn(folder)) {
            empty(folder);
            stored(folder);
        }
    }

    private boolean isOwn(FilePath path) {
        return own.contains(path) || !path.isRoot() && isOwn(path.parent());
    }

    private void empty(FilePath folder) throws IOException {
        if (!holdsOwn(folder)) {
            store.deleteFolder(folder, true);
            return;
        }
        for (FileEntry entry : store.list(folder, false)) {
            remove(entry.path());
        }
    }

    private boolean holdsOwn(FilePath folder) {
        return own.stream().anyMatch(path -> path.toString().startsWith(folder.toString()));
    }

    private void remove(FilePath path) throws IOException {
        if (own.contains(path)) {
            return;
        }
        if (!path.folder()) {
            store.delete(path);
        } else if (holdsOwn(path)) {
            empty(path);
        } else {
            store.deleteFolder(path, false);
        }
    }
}
