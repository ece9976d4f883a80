package io.sluice.encode;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.ApiResponse;
import io.sluice.api.Content;
import io.sluice.api.Format;
import io.sluice.api.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Writes answers: trees and rows as JSON, NDJSON, XML or CSV, bytes and texts that have a content type of their own as they are. Stateless.
 */
public final class Encoder {
    /** The content type of the answer: that of its headers or bytes, else that of its format. Text names its character set. */
    public String contentType(ApiResponse response) {
        String type = declared(response).orElseGet(() -> otherwise(response));
        return type.startsWith("text/") && !type.contains("charset") && !(response.content() instanceof Content.Bytes)
                ? type + "; charset=utf-8"
                : type;
    }

    /** The body did not come out of records: a file, or a text that was given a content type by whoever made it. */
    public boolean isForeign(ApiResponse response) {
        return switch (response.content()) {
            case Content.Bytes bytes -> true;
            case Content.Tree(var value) ->
                value instanceof String ? declared(response).isPresent() : declaresNoData(response);
            case Content.Rows rows -> declaresNoData(response);
        };
    }

    /** A script may call its data what it likes; a browser must not take it for a page of ours. */
    private static boolean declaresNoData(ApiResponse response) {
        return declared(response)
                .map(type -> type.toLowerCase(Locale.ROOT))
                .filter(type -> Stream.of(
                                "application/json", "application/x-ndjson", "application/xml", "text/xml", "text/csv")
                        .noneMatch(type::startsWith))
                .isPresent();
    }

    /** Writes the body and closes the content. An ApiException of a cursor passes through; the stream is left open. */
    public void write(ApiResponse response, OutputStream out) throws IOException {
        try (response) {
            switch (response.content()) {
                case Content.Bytes bytes -> copy(bytes, out);
                case Content.Tree(var value) -> tree(response, value, out);
                case Content.Rows rows -> rows(format(response), rows, out);
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (StreamConstraintsException e) {
            throw new ApiException(ApiError.of(500, "The answer is nested too deeply to be written."), e);
        }
    }

    private void tree(ApiResponse response, @Nullable Object value, OutputStream out) throws IOException {
        if (value instanceof String text && isForeign(response)) {
            out.write(text.getBytes(charset(response)));
            return;
        }
        switch (format(response)) {
            case JSON -> JsonWriter.tree(value, out);
            case XML -> XmlWriter.tree(value, out);
            case CSV -> CsvWriter.tree(value, out);
            case NDJSON -> JsonWriter.lines(value, out);
        }
    }

    private static void rows(Format format, Content.Rows rows, OutputStream out) throws IOException {
        switch (format) {
            case JSON -> JsonWriter.rows(rows, out);
            case XML -> XmlWriter.rows(rows, out);
            case CSV -> CsvWriter.rows(rows, out);
            case NDJSON -> JsonWriter.lines(rows, out);
        }
    }

    private static void copy(Content.Bytes bytes, OutputStream out) throws IOException {
        try (InputStream in = bytes.source().open()) {
            in.transferTo(out);
        }
    }

    /** A content type that was set decides, so that the body is what its label says. */
    private static Format format(ApiResponse response) {
        MediaType type = MediaType.of(declared(response).orElse(""));
        if (type.isJson()) {
            return Format.JSON;
        }
        if (type.isXml()) {
            return Format.XML;
        }
        if (type.isJsonLines()) {
            return Format.NDJSON;
        }
        return type.isCsv() ? Format.CSV : response.format();
    }

    private static String otherwise(ApiResponse response) {
        return response.content() instanceof Content.Bytes bytes
                ? bytes.contentType()
                : response.format().mediaType();
    }

    private static Charset charset(ApiResponse response) {
        try {
            return MediaType.of(declared(response).orElse("")).charset();
        } catch (ApiException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    private static Optional<String> declared(ApiResponse response) {
        for (Map.Entry<String, String> header : response.headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase("content-type")) {
                return Optional.of(header.getValue());
            }
        }
        return Optional.empty();
    }
}
