package io.sluice.http;

import io.sluice.api.ApiResponse;
import io.sluice.encode.Encoder;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;

/** Status and headers of an answer, put on the response when it begins and not before. */
final class AnswerHeaders {
    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
    private static final HttpField PRIVATE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-cache, private");
    private static final HttpField NOSNIFF = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final HttpField SANDBOX = new PreEncodedHttpField("Content-Security-Policy", "sandbox");

    /** How a body is framed is decided here, not by a service or a script. */
    private static final Set<String> FRAMING = Set.of(
            "content-length",
            "content-type",
            "transfer-encoding",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "server",
            "date");

    private final ApiResponse answer;
    private final String contentType;
    private final boolean guarded;
    private final boolean sandboxed;

    AnswerHeaders(ApiResponse answer, Encoder encoder, boolean sandboxed) {
        this.answer = answer;
        this.contentType = encoder.contentType(answer);
        this.guarded = sandboxed;
        this.sandboxed = sandboxed && encoder.isForeign(answer);
    }

    String contentType() {
        return contentType;
    }

    boolean has(String name) {
        for (String own : answer.headers().keySet()) {
            if (own.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    void putOn(Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        response.setStatus(answer.status());
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            if (!FRAMING.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                headers.put(header.getKey(), header.getValue());
            }
        }
        if (!headers.contains(HttpHeader.CACHE_CONTROL)) {
            headers.put(PRIVATE);
        }
        if (guarded) {
            headers.put(NOSNIFF);
        }
        if (sandboxed) {
            headers.put(SANDBOX);
        }
        if (contentType.equals("application/json")) {
            headers.put(JSON);
        } else {
            headers.put(HttpHeader.CONTENT_TYPE, contentType);
        }
    }
}
