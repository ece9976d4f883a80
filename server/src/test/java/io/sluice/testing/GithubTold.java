package io.sluice.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/** The statuses and webhooks that a GitHub was told, answered in the shapes that its REST API documents. */
public final class GithubTold {
    private static final JsonMapper JSON = new JsonMapper();

    /** What was sent to a path below {@code /repos/}. */
    public record Written(String method, String path, Map<?, ?> body) {}

    private final List<Written> written = new CopyOnWriteArrayList<>();
    private final List<Map<String, Object>> hooks = new CopyOnWriteArrayList<>();

    public List<Written> statuses() {
        return written.stream().filter(one -> one.path().contains("/statuses/")).toList();
    }

    public List<Written> hooks() {
        return written.stream().filter(one -> one.path().endsWith("/hooks")).toList();
    }

    void answer(HttpExchange exchange, String path) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            GithubHost.json(exchange, 200, path.endsWith("/hooks") ? hooks : List.of());
            return;
        }
        Map<?, ?> body = JSON.readValue(exchange.getRequestBody().readAllBytes(), Map.class);
        written.add(new Written(exchange.getRequestMethod(), path, body));
        GithubHost.json(exchange, 201, path.endsWith("/hooks") ? hook(exchange, path, body) : status(path, body));
    }

    private Map<String, Object> hook(HttpExchange exchange, String path, Map<?, ?> body) {
        Map<Object, Object> config = new LinkedHashMap<>((Map<?, ?>) body.get("config"));
        config.put("secret", "********");
        Map<String, Object> hook = new LinkedHashMap<>();
        hook.put("type", "Repository");
        hook.put("id", 12345678 + hooks.size());
        hook.put("name", "web");
        hook.put("active", true);
        hook.put("events", body.get("events"));
        hook.put("config", config);
        hook.put("last_response", Map.of("status", "unused"));
        hooks.add(hook);
        exchange.getResponseHeaders().set("Location", path + "/" + hook.get("id"));
        return hook;
    }

    private static Map<String, Object> status(String path, Map<?, ?> body) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("url", path);
        status.put("id", 1);
        status.put("state", body.get("state"));
        status.put("description", body.get("description"));
        status.put("target_url", null);
        status.put("context", body.get("context"));
        return status;
    }
}
