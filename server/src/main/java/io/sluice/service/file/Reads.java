package io.sluice.service.file;

import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** GET: lists, downloads, properties. */
record Reads(String service, FileStore store) {
    /** Content inside of JSON is held in memory. */
    private static final int MAX_INLINE_BYTES = 16 << 20;

    ServiceResult answer(ServiceRequest request, FilePath path) throws IOException {
        FileEntry entry = store.find(path).orElseThrow(() -> missing(path));
        boolean properties = request.parameters().flag("include_properties");
        if (path.folder() && request.parameters().flag("zip")) {
            return zipped(request, path);
        }
        if (path.folder()) {
            return properties ? ServiceResult.ok(Shown.properties(entry)) : list(request, path);
        }
        return properties ? properties(request.parameters(), entry) : new Download(store).answer(request, entry);
    }

    /** All of the folder that the caller may read. */
    private ServiceResult zipped(ServiceRequest request, FilePath folder) throws IOException {
        List<FileEntry> entries = store.list(folder, true).stream()
                .filter(entry ->
                        request.rights().may(request.verb(), entry.path().toString()))
                .toList();
        String name = (folder.isRoot() ? service : folder.name()) + ".zip";
        return new ServiceResult(
                200,
                new Content.Bytes(() -> new ZippedFolder(store, folder, entries), -1, "application/zip"),
                null,
                Map.of("Content-Disposition", Disposition.attachment(name)));
    }

    static ApiException missing(FilePath path) {
        return ApiException.notFound(
                path.folder()
                        ? "Folder '" + path + "' does not exist in storage."
                        : "The specified file '" + path + "' was not found in storage.");
    }

    private ServiceResult properties(Parameters parameters, FileEntry entry) throws IOException {
        Map<String, Object> shown = new LinkedHashMap<>(Shown.properties(entry));
        if (parameters.flag("content")) {
            boolean base64 =
                    parameters.text("is_base64").map(Parameters::isTrue).orElse(true);
            byte[] bytes = bytes(entry);
            shown.put("content", base64 ? Base64.getEncoder().encodeToString(bytes) : text(entry, bytes));
        }
        return ServiceResult.ok(shown);
    }

    private byte[] bytes(FileEntry entry) throws IOException {
        try (InputStream in = store.open(entry.path(), 0, Long.MAX_VALUE)) {
            byte[] bytes = in.readNBytes(MAX_INLINE_BYTES + 1);
            if (bytes.length > MAX_INLINE_BYTES) {
                throw ApiException.badRequest("The file '" + entry.path()
                        + "' is too large to be part of JSON; download it without include_properties.");
            }
            return bytes;
        }
    }

    private static String text(FileEntry entry, byte[] bytes) {
        return io.sluice.service.TextSource.utf8(bytes)
                .orElseThrow(() -> ApiException.badRequest(
                        "The file '" + entry.path() + "' is not text; ask for its content with is_base64=true."));
    }

    private ServiceResult list(ServiceRequest request, FilePath folder) throws IOException {
        Parameters parameters = request.parameters();
        List<FileEntry> entries = store.list(folder, parameters.flag("full_tree")).stream()
                .filter(entry -> wanted(parameters, entry))
                .filter(entry -> request.rights().mask(entry.path().toString()) != 0)
                .toList();
        if (parameters.flag("as_list")) {
            return ServiceResult.list(
                    entries.stream().map(entry -> entry.path().toString()).toList());
        }
        Optional<List<String>> fields = fields(parameters);
        return ServiceResult.list(entries.stream()
                .map(entry -> projected(Shown.entry(folder, entry), fields))
                .toList());
    }

    private static boolean wanted(Parameters parameters, FileEntry entry) {
        String kind = entry.path().folder() ? "include_folders" : "include_files";
        boolean included = parameters.text(kind).map(Parameters::isTrue).orElse(true);
        return included
                && parameters
                        .text("search")
                        .map(part ->
                                entry.path().name().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)))
                        .orElse(true);
    }

    private static Optional<List<String>> fields(Parameters parameters) {
        return parameters
                .text("fields", "select")
                .map(text -> List.of(text.split("\\s*,\\s*")))
                .filter(names -> !names.contains("*"));
    }

    private static Map<String, Object> projected(Map<String, Object> entry, Optional<List<String>> fields) {
        if (fields.isEmpty()) {
            return entry;
        }
        Map<String, Object> some = new LinkedHashMap<>(entry);
        some.keySet().retainAll(fields.get());
        return some;
    }
}
