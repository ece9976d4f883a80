package io.sluice.service.file;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A file as bytes, whole or one range of it. */
record Download(FileStore store) {
    /** A type that the name does not tell is looked for in files up to this size. */
    private static final int MAX_SNIFFED_BYTES = 64 << 10;

    ServiceResult answer(ServiceRequest request, FileEntry file) throws IOException {
        Map<String, String> headers = headers(request, file);
        if (request.headers().first("If-None-Match").filter(etag(file)::equals).isPresent()) {
            return new ServiceResult(304, bytes(file, 0, 0, contentType(file)), null, headers);
        }
        Optional<ByteRange> range = range(request, file);
        if (range.isEmpty()) {
            return new ServiceResult(200, bytes(file, 0, file.size(), contentType(file)), null, headers);
        }
        if (range.get().empty()) {
            throw new ApiException(
                    ApiError.of(
                            416,
                            "The file '" + file.path() + "' has " + file.size()
                                    + " bytes; the range lies behind them."),
                    Map.of("Content-Range", "bytes */" + file.size()),
                    null);
        }
        headers.put("Content-Range", range.get().header(file.size()));
        return new ServiceResult(
                206, bytes(file, range.get().from(), range.get().length(), contentType(file)), null, headers);
    }

    /** None when the caller has a part of another file than this one. */
    private static Optional<ByteRange> range(ServiceRequest request, FileEntry file) {
        boolean same =
                request.headers().first("If-Range").map(etag(file)::equals).orElse(true);
        return same
                ? request.headers().first("Range").flatMap(text -> ByteRange.parse(text, file.size()))
                : Optional.empty();
    }

    private Content.Bytes bytes(FileEntry file, long from, long length, String type) {
        return new Content.Bytes(() -> store.open(file.path(), from, length), length, type);
    }

    private static Map<String, String> headers(ServiceRequest request, FileEntry file) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Last-Modified", Shown.date(file.modified()));
        headers.put("ETag", etag(file));
        headers.put(
                "Content-Disposition",
                request.parameters().flag("download")
                        ? Disposition.attachment(file.path().name())
                        : "inline");
        headers.put("Cache-Control", "private");
        headers.put("Expires", "0");
        headers.put("Pragma", "public");
        headers.put("Accept-Ranges", "bytes");
        // Files share an origin with the admin UI.
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Content-Security-Policy", "sandbox");
        return headers;
    }

    private static String etag(FileEntry file) {
        return "\"%x%08x-%x\""
                .formatted(file.modified().getEpochSecond(), file.modified().getNano(), file.size());
    }

    /** By the name; a name that says no more than "text" or nothing at all is settled by a look inside. */
    private String contentType(FileEntry file) throws IOException {
        String byName = MediaTypes.byName(file.path().name());
        if (!MediaTypes.vague(byName) || file.size() == 0 || file.size() > MAX_SNIFFED_BYTES) {
            return byName;
        }
        try (InputStream in = store.open(file.path(), 0, file.size())) {
            return MediaTypes.byContent(in.readAllBytes(), byName);
        }
    }
}
