package io.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Sets a Sluice up over its REST API, as its first administrator. */
final class Administrator implements AutoCloseable {
    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final String SYSTEM = "/api/v2/system/";

    /** The bits of a verb mask: GET, POST, PUT, PATCH, DELETE. */
    private static final int EVERY_VERB = 1 | 2 | 4 | 8 | 16;

    private static final int FROM_API_AND_SCRIPT = 3;

    private final HttpConnection connection;
    private final String session;

    Administrator(int port) throws IOException {
        connection = new HttpConnection(port);
        Map<String, String> login = Map.of("email", Sluice.ADMIN_EMAIL, "password", Sluice.ADMIN_PASSWORD);
        JsonNode answer = post("admin/session", login, "X-Bench: login");
        session =
                "X-DreamFactory-Session-Token: " + answer.path("session_token").asString();
    }

    /** A service over the database; returns its id. */
    int sqlService(String name, Database database) throws IOException {
        return sqlService(name, database, 1_000);
    }

    /** The same with answers of at most so many records. */
    int sqlService(String name, Database database, int maxRecords) throws IOException {
        return service(
                name,
                "pgsql",
                Map.of(
                        "host", database.host(),
                        "port", database.port(),
                        "database", database.name(),
                        "username", database.user(),
                        "password", database.password(),
                        "max_records", maxRecords));
    }

    /** A script service; returns its id. */
    int scriptService(String name, String content) throws IOException {
        return service(name, "nodejs", Map.of("content", content));
    }

    /** The same in any language and isolation, with a limit of its own. */
    int scriptService(String name, String language, String isolation, String content, int timeoutMillis)
            throws IOException {
        return service(name, language, Map.of("content", content, "isolation", isolation, "timeout_ms", timeoutMillis));
    }

    /** Gives a script service another text and other limits. */
    void changeScript(int id, String isolation, String content, long timeoutMillis, int memoryMegabytes)
            throws IOException {
        send(
                "PATCH",
                "service/" + id,
                Map.of(
                        "config",
                        Map.of(
                                "content", content,
                                "isolation", isolation,
                                "timeout_ms", timeoutMillis,
                                "memory_mb", memoryMegabytes)),
                session);
    }

    private int service(String name, String type, Map<String, Object> config) throws IOException {
        return create(
                "service", Map.of("name", name, "label", name, "type", type, "is_active", true, "config", config));
    }

    /** An app whose role may do everything below the components of the services; returns its API key as a header line. */
    String app(String name, Map<Integer, String> components) throws IOException {
        List<Map<String, Object>> access = components.entrySet().stream()
                .<Map<String, Object>>map(e -> Map.of(
                        "service_id",
                        e.getKey(),
                        "component",
                        e.getValue(),
                        "verb_mask",
                        EVERY_VERB,
                        "requestor_mask",
                        FROM_API_AND_SCRIPT,
                        "filters",
                        List.of(),
                        "filter_op",
                        "AND"))
                .toList();
        int role = create("role", Map.of("name", name, "is_active", true, "role_service_access_by_role_id", access));
        Map<String, Object> app = Map.of("name", name, "is_active", true, "type", 0, "role_id", role);
        JsonNode answer = post("app?fields=*", Map.of("resource", List.of(app)), session);
        return "X-DreamFactory-API-Key: " + text(answer.path("resource").path(0), "api_key");
    }

    /** An event script, which may change what it sees. */
    void eventScript(String event, String language, String isolation, String content) throws IOException {
        post(
                "event_script/" + event,
                Map.of(
                        "name",
                        event,
                        "type",
                        language,
                        "content",
                        content,
                        "is_active",
                        true,
                        "allow_event_modification",
                        true,
                        "isolation",
                        isolation),
                session);
    }

    /** A service over a folder of bare repositories; returns its id. */
    int gitService(String name, String baseUrl) throws IOException {
        return service(name, "git", Map.of("base_url", baseUrl));
    }

    /** A script service that is linked to a file on the branch {@code main}; returns its id. */
    int linkedService(String name, int service, String repository, String path) throws IOException {
        return service(
                name,
                "nodejs",
                Map.of(
                        "storage_service_id", service,
                        "scm_repository", repository,
                        "scm_reference", "main",
                        "storage_path", path));
    }

    /** An event script that is linked to a file on the branch {@code main}. */
    void linkedScript(String event, int service, String repository, String path) throws IOException {
        Map<String, Object> fields = Map.of(
                "name",
                event,
                "type",
                "nodejs",
                "is_active",
                true,
                "allow_event_modification",
                true,
                "storage_service_id",
                service,
                "scm_repository",
                repository,
                "scm_reference",
                "main",
                "storage_path",
                path);
        post("event_script/" + event, fields, session);
    }

    /** A webhook of the kind {@code generic} for all repositories of that service. */
    Hook webhook(String name, int service) throws IOException {
        Map<String, Object> fields = Map.of("name", name, "provider", "generic", "service_id", service);
        JsonNode made = post("webhook?fields=*", Map.of("resource", List.of(fields)), session)
                .path("resource")
                .path(0);
        return new Hook(URI.create(text(made, "url")).getPath(), text(made, "secret"));
    }

    /** The number of the version that runs, 0 while there is none. */
    int versionOf(String event) throws IOException {
        return send("GET", "script/event:" + event, null, session)
                .path("version")
                .asInt(0);
    }

    private int create(String resource, Map<String, Object> fields) throws IOException {
        JsonNode id = post(resource, Map.of("resource", List.of(fields)), session)
                .path("resource")
                .path(0)
                .path("id");
        if (!id.isInt()) {
            throw new BenchException("POST " + SYSTEM + resource + " answered without an id");
        }
        return id.asInt();
    }

    private static String text(JsonNode answer, String field) {
        if (!answer.path(field).isString()) {
            throw new BenchException("an answer of the server lacks the field " + field);
        }
        return answer.path(field).asString();
    }

    private JsonNode post(String resource, Object body, String header) throws IOException {
        return send("POST", resource, body, header);
    }

    private JsonNode send(String verb, String resource, @Nullable Object body, String header) throws IOException {
        String text = body == null ? "" : JSON.writeValueAsString(body);
        Call call = Call.of(verb + " " + SYSTEM + resource, verb, SYSTEM + resource, header, text);
        return JSON.readTree(call.on(connection).body());
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
