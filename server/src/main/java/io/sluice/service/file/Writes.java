package io.sluice.service.file;

import io.sluice.api.Body;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** POST and PUT: files and folders are made or replaced. */
record Writes(Uploads uploads, ItemWrites items, UrlImport imports) {
    private static final JsonMapper JSON = new JsonMapper();

    ServiceResult answer(ServiceRequest request, FilePath path) throws IOException {
        Optional<String> url = request.parameters().text("url");
        if (url.isPresent()) {
            return ServiceResult.created(fetched(request, path, url.get()));
        }
        if (Multipart.is(request.body())) {
            return ServiceResult.created(parts(request, path));
        }
        return ServiceResult.created(path.folder() ? inFolder(request, path) : upload(request, path));
    }

    private Map<String, Object> upload(ServiceRequest request, FilePath file) throws IOException {
        return uploads.take(request, file, content(request.body()));
    }

    private Map<String, Object> inFolder(ServiceRequest request, FilePath path) throws IOException {
        Optional<String> folder = request.headers().first("X-Folder-Name");
        if (folder.isPresent()) {
            FilePath made = path.child(folder.get(), true);
            Uploads.allow(request, request.verb(), made);
            uploads.make(made);
            return Map.of("name", made.name(), "path", made.bare());
        }
        Optional<String> file = request.headers().first("X-File-Name");
        if (file.isPresent()) {
            return upload(request, path.child(file.get(), false));
        }
        if (request.body().isEmpty()) {
            uploads.make(path);
            return Map.of("name", path.name(), "path", path.toString());
        }
        return Map.of("resource", items.answer(request, path));
    }

    private Map<String, Object> parts(ServiceRequest request, FilePath path) throws IOException {
        Multipart parts = new Multipart(request.body());
        if (path.folder()) {
            uploads.needsFolder(path);
            Clearing clearing = uploads.clearing(request);
            return Map.of(
                    "resource",
                    parts.each((name, part) -> uploads.take(request, path.child(name, false), part, clearing)));
        }
        return uploads.take(request, path, parts.only());
    }

    private Map<String, Object> fetched(ServiceRequest request, FilePath path, String url) throws IOException {
        FilePath file = path;
        if (path.folder()) {
            uploads.needsFolder(path);
            String name = request.parameters().text("filename").orElseGet(() -> UrlImport.name(url));
            file = path.child(name, false);
        }
        Uploads.allow(request, request.verb(), file);
        FilePath target = file;
        return imports.during(url, incoming -> uploads.take(request, target, incoming));
    }

    /** The bytes of a body; data that a script passed are written as text or JSON. */
    private static Incoming content(Body body) {
        if (body.length().orElse(1) > 0) {
            return new Incoming(body.stream(), body.length(), body.contentType());
        }
        byte[] bytes = written(body.payload());
        return new Incoming(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length), body.contentType());
    }

    private static byte[] written(@Nullable Object payload) {
        return switch (payload) {
            case null -> new byte[0];
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> JSON.writeValueAsBytes(payload);
        };
    }
}
