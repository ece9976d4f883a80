package io.sluice.service.remote;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The body that goes out: as it came, but for the caller's key and token, which may stand in bodies that are data. Pure. */
final class OutgoingBody {
    private static final Set<String> CREDENTIALS = Set.of("api_key", "session_token");

    private OutgoingBody() {}

    static byte[] bytes(Body body) {
        @Nullable Object payload = payload(body);
        if (payload instanceof Map<?, ?> map && CREDENTIALS.stream().anyMatch(map::containsKey)) {
            Map<Object, @Nullable Object> rest = new LinkedHashMap<>(map);
            rest.keySet().removeAll(CREDENTIALS);
            return written(body, rest);
        }
        return body.bytes().length > 0 ? body.bytes() : json(payload);
    }

    /** Null for what can hold no credentials: no data, or none that can be read. Looked into is at least what we ourselves take them from. */
    private static @Nullable Object payload(Body body) {
        boolean data = MediaType.of(body.contentType()).isData()
                || body.contentType().matches("(?is)application/(json|xml).*");
        if (!data && body.bytes().length > 0) {
            return null;
        }
        try {
            return body.payload();
        } catch (ApiException malformed) {
            return null;
        }
    }

    private static byte[] written(Body body, Map<?, ?> payload) {
        MediaType type = MediaType.of(body.contentType());
        String text = body.text().stripLeading();
        if (type.isForm() && !text.startsWith("{")) {
            return Outgoing.pairs(payload).getBytes(StandardCharsets.UTF_8);
        }
        if (type.isXml() || text.startsWith("<")) {
            throw ApiException.badRequest(
                    "An XML body for this service must not hold api_key or session_token, which are not"
                            + " passed on. Send them as headers.");
        }
        return json(payload);
    }

    private static byte[] json(@Nullable Object payload) {
        return JsonMapper.shared().writeValueAsBytes(payload);
    }
}
