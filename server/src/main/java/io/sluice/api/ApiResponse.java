package io.sluice.api;

import java.util.Map;

/**
 * An answer, ready to be encoded.
 *
 * @param headers extra headers by name; the content type is set by whoever encodes, unless it stands here
 * @param format how trees and rows are written
 * @param headOnly send status and headers, no body
 */
public record ApiResponse(int status, Map<String, String> headers, Content content, Format format, boolean headOnly)
        implements AutoCloseable {
    public ApiResponse {
        headers = Map.copyOf(headers);
    }

    public static ApiResponse of(ApiError error) {
        return new ApiResponse(error.status(), Map.of(), new Content.Tree(error.envelope()), Format.JSON, false);
    }

    /** The error with the headers that belong to it, such as {@code Allow}. */
    public static ApiResponse of(ApiException failure) {
        Content envelope = new Content.Tree(failure.error().envelope());
        return new ApiResponse(failure.error().status(), failure.headers(), envelope, Format.JSON, false);
    }

    /** Gives back what the content holds. */
    @Override
    public void close() {
        content.close();
    }
}
