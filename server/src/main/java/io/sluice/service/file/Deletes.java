package io.sluice.service.file;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** DELETE: a file, a folder, or the items of a body. */
record Deletes(FileStore store) {
    ServiceResult answer(ServiceRequest request, FilePath path) throws IOException {
        boolean force = request.parameters().flag("force");
        var items = path.folder() ? Items.of(request.payload()) : java.util.Optional.<List<Map<String, Object>>>empty();
        if (items.isPresent()) {
            return ServiceResult.list(Items.each(items.get(), item -> one(request, path, item)));
        }
        boolean contentOnly = request.parameters().flag("content_only");
        if (path.isRoot() && !(contentOnly && force)) {
            throw ApiException.badRequest("No resources given for delete.");
        }
        return ServiceResult.ok(
                path.folder()
                        ? folder(path, force, contentOnly)
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
        return asFolder ? folder(path, force, false) : file(path, false);
    }

    private Map<String, Object> file(FilePath file, boolean missingIsFine) throws IOException {
        if (store.find(file).isPresent()) {
            store.delete(file);
        } else if (!missingIsFine) {
            throw Reads.missing(file);
        }
        return Map.of("name", file.name(), "path", file.toString());
    }

    private Map<String, Object> folder(FilePath folder, boolean force, boolean contentOnly) throws IOException {
        if (store.find(folder).isEmpty()) {
            throw Reads.missing(folder);
        }
        if (!force && !store.list(folder, false).isEmpty()) {
            throw ApiException.badRequest(
                    "Folder '" + folder + "' is not empty. Add force=true to delete it with all that it holds.");
        }
        store.deleteFolder(folder, contentOnly);
        return Map.of("name", folder.name(), "path", folder.toString());
    }
}
