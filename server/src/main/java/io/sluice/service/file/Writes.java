package io.sluice.service.file;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** POST and PUT: files and folders are made or replaced. */
record Writes(FileStore store) {
    private static final JsonMapper JSON = new JsonMapper();

    ServiceResult answer(ServiceRequest request, FilePath path) throws IOException {
        refuseWhatIsNotThere(request);
        if (!path.folder()) {
            return ServiceResult.created(upload(request, path));
        }
        Optional<String> folder = request.headers().first("X-Folder-Name");
        if (folder.isPresent()) {
            FilePath made = path.child(folder.get(), true);
            allow(request, made);
            make(made);
            return ServiceResult.created(Map.of("name", made.name(), "path", made.bare()));
        }
        Optional<String> file = request.headers().first("X-File-Name");
        if (file.isPresent()) {
            FilePath made = path.child(file.get(), false);
            allow(request, made);
            return ServiceResult.created(upload(request, made));
        }
        return ServiceResult.created(request.body().isEmpty() ? makeItself(path) : items(request, path));
    }

    private static void refuseWhatIsNotThere(ServiceRequest request) {
        Parameters parameters = request.parameters();
        if (request.body().contentType().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            throw ApiException.notImplemented(
                    "Uploads as multipart/form-data are not there yet. Send the file as the raw body, its name in the address or in X-File-Name.");
        }
        for (String name : List.of("url", "extract", "clean")) {
            if (name.equals("url") ? parameters.text(name).isPresent() : parameters.flag(name)) {
                throw ApiException.notImplemented("The option '" + name + "' of uploads is not there yet.");
            }
        }
    }

    /** A name from a header or body is judged by the caller's role like one in the address. */
    private static void allow(ServiceRequest request, FilePath path) {
        if (!request.rights().may(request.verb(), path.toString())) {
            throw ApiException.forbidden("Access to '" + path + "' is not allowed for this caller.");
        }
    }

    private Map<String, Object> upload(ServiceRequest request, FilePath file) throws IOException {
        needsFolder(file.parent());
        if (request.parameters().flag("check_exist") && store.find(file).isPresent()) {
            throw ApiException.badRequest("File '" + file + "' already exists.");
        }
        write(file, content(request.body()));
        return made(file);
    }

    private void write(FilePath file, byte[] bytes) throws IOException {
        if (store.find(new FilePath(file.names(), true)).isPresent()) {
            throw ApiException.badRequest("'" + file + "' is a folder already.");
        }
        store.write(file, new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
    }

    /** The bytes of a body; data that a script passed are written as text or JSON. */
    private static byte[] content(Body body) {
        if (body.bytes().length > 0) {
            return body.bytes();
        }
        @Nullable Object payload = body.payload();
        return switch (payload) {
            case null -> new byte[0];
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> JSON.writeValueAsBytes(payload);
        };
    }

    private static Map<String, Object> made(FilePath path) {
        Map<String, Object> made = new LinkedHashMap<>();
        made.put("name", path.name());
        made.put("path", path.toString());
        made.put("type", path.folder() ? "folder" : "file");
        return made;
    }

    private Map<String, Object> makeItself(FilePath folder) throws IOException {
        make(folder);
        return Map.of("name", folder.name(), "path", folder.toString());
    }

    private void make(FilePath folder) throws IOException {
        boolean taken = folder.isRoot()
                || store.find(folder).isPresent()
                || store.find(new FilePath(folder.names(), false)).isPresent();
        if (taken) {
            throw ApiException.badRequest("Folder '" + (folder.isRoot() ? "/" : folder) + "' already exists.");
        }
        needsFolder(folder.parent());
        store.makeFolder(folder);
    }

    private void needsFolder(FilePath folder) throws IOException {
        if (store.find(folder).isEmpty()) {
            throw ApiException.notFound("Folder '" + folder.bare() + "' does not exist.");
        }
    }

    private Map<String, Object> items(ServiceRequest request, FilePath folder) throws IOException {
        List<Map<String, Object>> items = Items.of(request.payload())
                .orElseThrow(
                        () -> ApiException.badRequest(
                                "A POST to a folder takes a list of files and folders as JSON, or a file as the raw body with its name in X-File-Name."));
        needsFolder(folder);
        return Map.of("resource", Items.each(items, item -> create(request, folder, item)));
    }

    private Map<String, Object> create(ServiceRequest request, FilePath folder, Map<String, Object> item)
            throws IOException {
        boolean asFolder = "folder".equals(item.get("type"));
        FilePath path = folder.child(String.valueOf(item.getOrDefault("name", "")), asFolder);
        allow(request, path);
        if (item.get("source_path") != null) {
            throw ApiException.notImplemented("Copying and moving files is not there yet.");
        }
        if (asFolder) {
            make(path);
        } else {
            needsFolder(path.parent());
            write(path, Items.content(item));
        }
        return made(path);
    }
}
