package io.sluice.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.Rights;
import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.api.RowSink;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What scripts see of a request and a response. */
class EventDataTest {
    private static ServiceRequest request(Body body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", "example.com");
        headers.put("X-DreamFactory-API-Key", "key-secret");
        headers.put("Authorization", "Bearer token-secret");
        headers.put("X-DreamFactory-Session-Token", "token-secret");
        return new ServiceRequest(
                Verb.POST,
                "2",
                "db",
                ResourcePath.of("_table/todo"),
                Parameters.of(Map.of("limit", "10", "api_key", "key-secret")),
                Headers.of(headers),
                body,
                "/api/v2/db/_table/todo?limit=10&api%5Fkey=key-secret&session_token=token-secret",
                Caller.ANONYMOUS,
                Rights.ALL);
    }

    @Test
    void a_request_has_the_documented_fields() {
        Map<String, Object> data = EventData.request(request(Body.NONE), "run-1");
        assertThat(data.keySet())
                .containsExactly(
                        "api_version",
                        "method",
                        "parameters",
                        "headers",
                        "payload",
                        "content",
                        "content_type",
                        "uri",
                        "service",
                        "resource");
        assertThat(data)
                .containsEntry("api_version", "2.0")
                .containsEntry("method", "POST")
                .containsEntry("service", "db")
                .containsEntry("resource", "_table/todo")
                .containsEntry("content", "")
                .containsEntry("payload", List.of())
                .containsEntry("content_type", "application/json");
    }

    @Test
    void credentials_are_replaced_wherever_they_stand() {
        Map<String, Object> data = EventData.request(request(Body.NONE), "run-1");
        assertThat(data.toString()).doesNotContain("secret");
        assertThat(((Map<?, ?>) data.get("headers")).get("host")).isEqualTo("example.com");
        assertThat(((Map<?, ?>) data.get("headers")).get("authorization")).isEqualTo("Bearer run-1");
        assertThat(data.get("parameters")).isEqualTo(Map.of("limit", "10", "api_key", "run-1"));
        assertThat(data.get("uri")).isEqualTo("/api/v2/db/_table/todo?limit=10&api%5Fkey=run-1&session_token=run-1");
    }

    @Test
    void a_payload_is_a_copy() {
        Map<String, Object> payload = new LinkedHashMap<>(Map.of("list", new ArrayList<>(List.of(1))));
        Map<String, Object> data = EventData.request(request(Body.of(payload)), "t");
        assertThat(data.get("payload")).isEqualTo(payload);
        assertThat(data.get("content")).isEqualTo(payload);
        ((List<Object>) ((Map<?, Object>) data.get("payload")).get("list")).add(2);
        assertThat(payload.get("list")).isEqualTo(List.of(1));
    }

    @Test
    void a_body_that_is_no_text_is_not_shown() {
        Body body = Body.raw(new byte[] {(byte) 0xff, (byte) 0xfe, 0}, "application/octet-stream");
        assertThat(EventData.content(body)).isEqualTo(EventData.NOT_TEXT);
    }

    @Test
    void a_response_has_the_documented_fields_and_shares_its_tree() {
        Map<String, Object> tree = new LinkedHashMap<>(Map.of("a", 1));
        ServiceResult result = new ServiceResult(201, new Content.Tree(tree), "text/plain", Map.of("X-A", "b"));
        Map<String, Object> data = EventData.response(result);
        assertThat(data)
                .containsEntry("status_code", 201)
                .containsEntry("content_type", "text/plain")
                .containsEntry("format", 201)
                .containsEntry("headers", Map.of("X-A", "b"));
        assertThat(data.get("content")).isSameAs(tree);
    }

    @Test
    void rows_are_drained_and_bytes_are_not_shown() {
        Map<String, Object> rows = EventData.response(ServiceResult.of(200, new OneRow()));
        assertThat(rows.get("content")).isEqualTo(Map.of("resource", List.of(Map.of("id", 1, "name", "x"))));
        Content bytes = new Content.Bytes(() -> new ByteArrayInputStream(new byte[1]), 1, "image/png");
        assertThat(EventData.response(ServiceResult.of(200, bytes)).get("content"))
                .isNull();
    }

    @Test
    void a_copy_of_a_row_is_a_row_of_its_own() {
        Row row = new Row(RowShape.of(List.of("id", "name", "x")), new Object[] {1, "n", "x"});
        row.remove("x");
        Row copy = (Row) EventData.copy(row);
        assertThat(copy).isEqualTo(row).isEqualTo(Map.of("id", 1, "name", "n"));
        copy.put("name", "m");
        assertThat(row.get("name")).isEqualTo("n");
    }

    private static final class OneRow implements Content.Rows {
        @Override
        public RowShape shape() {
            return RowShape.of(List.of("id", "name"));
        }

        @Override
        public void drainTo(RowSink sink) {
            sink.beginRow();
            sink.integer(0, 1);
            sink.text(1, "x");
            sink.endRow();
        }

        @Override
        public Map<String, Object> meta() {
            return Map.of();
        }
    }
}
