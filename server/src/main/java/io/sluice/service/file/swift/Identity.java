package io.sluice.service.file.swift;

import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostClient;
import io.sluice.outbound.HostFailure;
import io.sluice.outbound.HostReply;
import io.sluice.service.file.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An identity service: questions to it, and what its answers mean. */
record Identity(HostClient client) {
    private static final int MOST_BYTES = 8 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    /** @param headers names in lower case */
    record Answer(JsonNode body, Map<String, String> headers) {}

    /** Asks in JSON, is answered in JSON. */
    Answer post(URI address, Object question) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(question);
        HostCall call = HostCall.of("POST", address)
                .with("Content-Type", "application/json")
                .with("Accept", "application/json")
                .with(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
        try (HostReply reply = ask(call)) {
            return new Answer(JSON.readTree(reply.bytes(MOST_BYTES)), reply.headers());
        } catch (HostFailure e) {
            throw StoreFailure.unreachable(String.valueOf(e.getMessage()), e);
        } catch (JacksonException e) {
            throw StoreFailure.unreachable("its identity service answers with something else than JSON", e);
        }
    }

    /** The answer to a question, which is a good one. */
    HostReply ask(HostCall call) throws IOException {
        HostReply reply = sent(call);
        if (reply.ok()) {
            return reply;
        }
        reply.close();
        throw refused(reply.status());
    }

    private HostReply sent(HostCall call) throws IOException {
        try {
            return client.send(call);
        } catch (HostFailure e) {
            throw StoreFailure.unreachable(String.valueOf(e.getMessage()), e);
        }
    }

    private static StoreFailure refused(int status) {
        return switch (status) {
            case 401, 403 ->
                StoreFailure.denied("its identity service refused the configured user and what proves him", null);
            case 408, 429 -> busy(status);
            default ->
                status >= 500
                        ? busy(status)
                        : StoreFailure.denied(
                                "its identity service answered " + status
                                        + " to the login; check 'url', 'auth_version' and the project's name",
                                null);
        };
    }

    private static StoreFailure busy(int status) {
        return StoreFailure.unreachable("its identity service answered " + status, null);
    }
}
