package io.sluice.service.file;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.Rights;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** DELETE: a file, a folder, or the items of a body. */
record Deletes(FileStore store, Failures failures) {
    ServiceResult answer(ServiceRequest request, FilePath path) throws IOException {
        boolean force = request.parameters().flag("force");
        var items = path.folder() ? Items.of(request.payload()) : java.util.Optional.<List<Map<String, Object>>>empty();
        if (items.isPresent()) {
            return ServiceResult.list(Items.each(items.get(), failures, item -> one(request, path, item)));
        }
        boolean contentOnly = request.parameters().flag("content_only");
        if (path.isRoot() && !(contentOnly && force)) {
            throw ApiException.badRequest("No resources given for delete.");
        }
        return ServiceResult.ok(
                path.folder()
                        ? folder(request, path, force, contentOnly)
                        : file(path, request.parameters().flag("no_check")));
    }

    private Map<String, Object> one(ServiceRequest request, FilePath base, Map<String, Object> item)
            throws IOException {
        boolean asFolder = "folder".equals(item.get("type"));
        FilePath path = item.get("path") == null
                ? base.child(String.valueOf(item.getOrDefault("name", "")), asFolder)
                : new FilePath(FilePath.of(item.get("path").toString()).names(), asFolder);
        if (path.isRoot() || !request.rights().may(request.verb(), path.toString())) {
            throw ApiException.forbidden("Deleting '" + path + "' is not allowed for this caller.");
        }
        boolean force = request.parameters().flag("force")
                || Parameters.isTrue(String.valueOf(item.getOrDefault("force", "false")));
        return asFolder ? folder(request, path, force, false) : file(path, false);
    }

    private Map<String, Object> file(FilePath file, boolean missingIsFine) throws IOException {
        if (store.find(file).isPresent()) {
            remove(file);
        } else if (!missingIsFine) {
            throw Reads.missing(file);
        }
        return Map.of("name", file.name(), "path", file.toString());
    }

    /** It may fail since another call was quicker, or a connection broke off behind it: what is not there any more was deleted. */
    private void remove(FilePath file) throws IOException {
        try {
            store.delete(file);
        } catch (IOException e) {
            if (isStillThere(file, e)) {
                throw e;
            }
        }
    }

    private boolean isStillThere(FilePath file, IOException failure) {
        try {
            return store.find(file).isPresent();
        } catch (IOException e) {
            failure.addSuppressed(e);
            return true;
        }
    }

    private Map<String, Object> folder(ServiceRequest request, FilePath folder, boolean force, boolean contentOnly)
            throws IOException {
        if (store.find(folder).isEmpty()) {
            throw Reads.missing(folder);
        }
        if (!force && !store.list(folder, false).isEmpty()) {
            throw ApiException.badRequest(
                    "Folder '" + folder + "' is not empty. Add force=true to delete it with all that it holds.");
        }
        allowBelow(request, store, folder);
        store.deleteFolder(folder, contentOnly);
        return Map.of("name", folder.name(), "path", folder.toString());
    }

    /** What may be deleted with its folder is asked for each entry. Those that are not allowed are not named: they may be out of sight. */
    static void allowBelow(ServiceRequest request, FileStore store, FilePath folder) throws IOException {
        if (request.rights() == Rights.ALL) {
            return;
        }
        for (FileEntry entry : store.list(folder, true)) {
            if (!request.rights().may(Verb.DELETE, entry.path().toString())) {
                throw ApiException.forbidden("Folder '" + (folder.isRoot() ? "/" : folder)
                        + "' holds something that this caller may not delete. Nothing was deleted.");
            }
        }
    }
}
