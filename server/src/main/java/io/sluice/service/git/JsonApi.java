package io.sluice.service.git;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A host's API whose answers are JSON; what is no success, or no JSON, is a {@link NotRead}. Thread-safe.
 *
 * @param accept the media type of its JSON
 */
record JsonApi(HostApi calls, String accept, Refusals refusals) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** @param what is asked for, as a message may show it */
    Json get(String target, String what) throws NotRead {
        ApiAnswer answer = calls.get(target, accept);
        refusals.check(answer, what);
        return json(answer);
    }

    /** Empty when the host says that there is no such thing. */
    Optional<Json> find(String target, String what) throws NotRead {
        ApiAnswer answer = calls.get(target, accept);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        refusals.check(answer, what);
        return Optional.of(json(answer));
    }

    /** Any answer, as it is. */
    ApiAnswer ask(String target) throws NotRead {
        return calls.get(target, accept);
    }

    Json json(ApiAnswer answer) throws NotRead {
        try {
            @Nullable Object value = MAPPER.readValue(answer.body(), Object.class);
            if (value != null) {
                return new Json(value);
            }
        } catch (JacksonException e) {
            throw refusals.nonsense();
        }
        throw refusals.nonsense();
    }

    /** The answer must be a list. */
    Json list(String target, String what) throws NotRead {
        Json answer = get(target, what);
        if (!answer.isList()) {
            throw refusals.nonsense();
        }
        return answer;
    }

    /** Writes, and gives what the host answers, if that is JSON. */
    Json write(String method, String target, Map<String, ?> body, String what, String right) throws NotRead {
        ApiAnswer answer = calls.send(method, target, accept, body);
        refusals.checkWrite(answer, what, right);
        return answer.body().length == 0 ? new Json(null) : json(answer);
    }
}
