package io.sluice.service.file;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.Verb;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The files and folders that a JSON body lists: made, copied or moved, each on its own, in a folder that is made when it is missing. */
record ItemWrites(FileStore store, Uploads uploads, Failures failures) {
    List<Map<String, Object>> answer(ServiceRequest request, FilePath folder) throws IOException {
        List<Map<String, Object>> items = Items.of(request.payload())
                .orElseThrow(() -> ApiException.badRequest(
                        "A POST to a folder takes a list of files and folders as JSON, files as multipart/form-data, or a file as the"
                                + " raw body with its name in X-File-Name."));
        if (store.find(folder).isEmpty()) {
            uploads.make(folder);
        }
        return Items.each(items, failures, item -> create(request, folder, item));
    }

    private Map<String, Object> create(ServiceRequest request, FilePath folder, Map<String, Object> item)
            throws IOException {
        boolean asFolder = "folder".equals(item.get("type"));
        refuseContainer(item);
        Optional<FilePath> source =
                Optional.ofNullable(item.get("source_path")).map(path -> source(path.toString(), asFolder));
        String name = Optional.ofNullable(item.get("name"))
                .map(Object::toString)
                .orElseGet(() -> source.map(FilePath::name).orElse(""));
        FilePath path = folder.child(name, asFolder);
        Uploads.allow(request, request.verb(), path);
        if (source.isPresent()) {
            copy(request, item, source.get(), path);
        } else if (asFolder) {
            uploads.make(path);
        } else {
            file(request, item, path);
        }
        return Shown.made(path);
    }

    /** A service is one container, and what lies in another cannot be had through it. */
    private static void refuseContainer(Map<String, Object> item) {
        if (!String.valueOf(item.getOrDefault("source_container", "")).isBlank()) {
            throw ApiException.badRequest(
                    "'source_container' cannot be chosen: a copy is made within one service. Leave it out and"
                            + " give 'source_path' from the root of this service; for what lies elsewhere, read it there and upload it here.");
        }
    }

    private static FilePath source(String text, boolean asFolder) {
        FilePath path = FilePath.of(text.startsWith("/") ? text.substring(1) : text);
        return new FilePath(path.names(), asFolder);
    }

    private void file(ServiceRequest request, Map<String, Object> item, FilePath path) throws IOException {
        uploads.needsFolder(path.parent());
        if (request.parameters().flag("check_exist")) {
            uploads.mustNotExist(path);
        }
        byte[] bytes = Items.content(item);
        uploads.write(path, new Incoming(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length), ""));
    }

    private void copy(ServiceRequest request, Map<String, Object> item, FilePath source, FilePath target)
            throws IOException {
        boolean moving = Parameters.isTrue(String.valueOf(item.getOrDefault("delete_source", "false")));
        Uploads.allow(request, Verb.GET, source);
        if (moving) {
            Uploads.allow(request, Verb.DELETE, source);
        }
        if (source.isRoot() || store.find(source).isEmpty()) {
            throw Reads.missing(source);
        }
        uploads.needsFolder(target.parent());
        new Copying(request, store, uploads).copy(source, target, moving);
    }
}
