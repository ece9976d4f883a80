package io.sluice.service.remote;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Content;
import io.sluice.api.MediaType;
import io.sluice.api.ServiceResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What comes back, as a result. JSON of up to 16 MiB becomes data; the rest streams through as it is.
 *
 * @param link what stands for the base URL in texts, empty to leave them alone
 */
record Incoming(String base, String link) {
    private static final int MOST_IN_MEMORY = 16 << 20;
    private static final int MOST_OF_MESSAGE = 4_000;
    private static final List<String> PASSED = List.of("Content-Disposition", "Content-Language", "Last-Modified");

    ServiceResult read(Answer answer) throws IOException {
        String type = answer.contentType();
        if (answer.status() >= 300) {
            throw failed(answer);
        }
        boolean isData = MediaType.of(type).isJson();
        if (!isData && !(isText(type) && !link.isEmpty())) {
            return result(answer, type, new Content.Bytes(new Wire(answer.body()), answer.length(), media(type)));
        }
        InputStream body = answer.body();
        byte[] front = body.readNBytes(MOST_IN_MEMORY);
        if (front.length == MOST_IN_MEMORY) {
            InputStream all = new SequenceInputStream(new ByteArrayInputStream(front), body);
            return result(answer, type, new Content.Bytes(new Wire(all), -1, media(type)));
        }
        body.close();
        return result(answer, type, whole(linked(front, type), type, isData));
    }

    private static String media(String type) {
        return type.isEmpty() ? "application/octet-stream" : type;
    }

    private static boolean isText(String type) {
        MediaType media = MediaType.of(type);
        return media.name().startsWith("text/") || media.isXml();
    }

    private static Content whole(byte[] body, String type, boolean isData) {
        if (isData) {
            try {
                return new Content.Tree(Body.raw(body, "application/json").payload());
            } catch (ApiException notJson) {
                // It says that it is JSON and is not: then it is what it is.
            }
        }
        return new Content.Bytes(() -> new ByteArrayInputStream(body), body.length, media(type));
    }

    private byte[] linked(byte[] body, String type) {
        if (link.isEmpty()) {
            return body;
        }
        Charset charset = MediaType.of(type).isJson()
                ? StandardCharsets.UTF_8
                : MediaType.of(type).charset();
        return new String(body, charset)
                .replace(base.replace("/", "\\/"), link.replace("/", "\\/"))
                .replace(base, link)
                .getBytes(charset);
    }

    private static ServiceResult result(Answer answer, String type, Content content) {
        Map<String, String> headers = new LinkedHashMap<>();
        PASSED.forEach(name -> answer.headers().firstValue(name).ifPresent(value -> headers.put(name, value)));
        @Nullable String own = content instanceof Content.Tree ? type : null;
        return new ServiceResult(answer.status(), content, own, headers);
    }

    /** The same status, and the far side's own words. */
    private static ApiException failed(Answer answer) throws IOException {
        byte[] body = answer.body().readNBytes(1 << 20);
        answer.body().close();
        String type = answer.contentType();
        String message = message(body, type);
        Map<String, String> headers = new LinkedHashMap<>();
        answer.headers().firstValue("Retry-After").ifPresent(value -> headers.put("Retry-After", value));
        return new ApiException(
                ApiError.of(
                        answer.status(),
                        message.isBlank() ? "The service answered with the status " + answer.status() + "." : message),
                headers,
                null);
    }

    private static String message(byte[] body, String type) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (MediaType.of(type).isJson()) {
            try {
                @Nullable Object tree = Body.raw(body, "application/json").payload();
                if (tree instanceof Map<?, ?> map
                        && map.get("error") instanceof Map<?, ?> error
                        && error.get("message") instanceof String said) {
                    return said;
                }
            } catch (ApiException notJson) {
                // then the text itself is what there is to say
            }
        }
        return text.length() > MOST_OF_MESSAGE ? text.substring(0, MOST_OF_MESSAGE) + "…" : text;
    }

    /** Bytes that are still on their way. */
    private record Wire(InputStream body) implements Content.Bytes.Source {
        @Override
        public InputStream open() {
            return body;
        }

        @Override
        public void close() {
            Exchange.closeQuietly(body);
        }
    }
}
