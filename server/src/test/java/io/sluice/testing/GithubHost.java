package io.sluice.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;

/**
 * A host that answers like GitHub's API: commits and contents of repositories in memory, in the shapes of {@code resources/github} and of
 * GitHub's documentation. It can be told to be dead, slow or wrong, and counts what it is asked.
 */
public final class GithubHost implements AutoCloseable {
    /** How the host answers. */
    public enum Mood {
        WELL,
        /** Takes the connection and hangs up. */
        DEAD,
        /** Says nothing until the mood changes. */
        SLOW,
        NOT_FOUND,
        UNAUTHORIZED,
        FORBIDDEN,
        RATE_LIMITED,
        BROKEN,
        /** 200 without a byte for every file; commits as ever. */
        EMPTY,
        /** 200 with a login page. */
        HTML,
        /** 200 with an error as JSON where a file was asked for. */
        ERROR_AS_JSON,
        /** Promises more bytes than it sends. */
        TRUNCATED,
        /** 302 to {@link #redirectTo}. */
        REDIRECTING
    }

    /** One request that came in; header names in lower case. */
    public record Asked(String path, Map<String, String> headers) {}

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> heads = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Object>> commits = new ConcurrentHashMap<>();
    private final Map<String, Map<String, byte[]>> trees = new ConcurrentHashMap<>();
    private final Map<String, Map<?, ?>> recorded = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger made = new AtomicInteger();
    private final GithubTold told = new GithubTold();
    private volatile Mood mood = Mood.WELL;
    private volatile CountDownLatch silence = new CountDownLatch(1);
    private volatile String redirect = "";
    private volatile Runnable beforeContents = () -> {};

    private GithubHost(HttpServer server) {
        this.server = server;
    }

    /** Starts on a free port of 127.0.0.1. */
    public static GithubHost start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        GithubHost host = new GithubHost(server);
        server.setExecutor(host.threads);
        server.createContext("/", host::handle);
        server.start();
        return host;
    }

    /** The {@code base_url} of a service. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v3");
    }

    /** Commits one text, as Bo Reed, on a branch of {@code owner/name}; the id of the commit. The first branch is the default one. */
    public String commit(String repository, String branch, String path, String text, String message) {
        return commit(repository, branch, path, text.getBytes(StandardCharsets.UTF_8), message);
    }

    public synchronized String commit(String repository, String branch, String path, byte[] content, String message) {
        String parent = heads.getOrDefault(repository + "@" + branch, "");
        Map<String, byte[]> tree = new TreeMap<>(trees.getOrDefault(parent, Map.of()));
        tree.put(path, content);
        String id = sha1(repository + made.incrementAndGet());
        trees.put(id, tree);
        commits.put(id, commitAnswer(id, message, parent));
        heads.put(repository + "@" + branch, id);
        heads.putIfAbsent(repository + "@HEAD", branch);
        return id;
    }

    /** The documented answer around the recorded commit. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> commitAnswer(String id, String message, String parent) {
        Map<String, Object> commit = new LinkedHashMap<>(
                (Map<String, Object>) recording("commit-inside-create-file").get("body"));
        commit.remove("sha");
        commit.remove("parents");
        commit.put("message", message);
        Map<String, Object> bo = Map.of("name", "Bo Reed", "email", "bo@example.com", "date", "2026-01-02T10:00:00Z");
        commit.put("author", bo);
        commit.put("committer", bo);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("sha", id);
        answer.put("node_id", "MDA6RW50aXR5MQ==");
        answer.put("commit", commit);
        answer.put("author", Map.of("login", "bo-reed", "id", 1000, "type", "User"));
        answer.put("committer", Map.of("login", "bo-reed", "id", 1000, "type", "User"));
        answer.put("parents", parent.isEmpty() ? List.of() : List.of(Map.of("sha", parent)));
        answer.put("stats", Map.of("additions", 1, "deletions", 0, "total", 1));
        answer.put("files", List.of());
        return answer;
    }

    /** Answers the recorded request's path with the recorded answer of {@code resources/github/NAME.json}. */
    public void replay(String name) {
        Map<?, ?> recording = recording(name);
        recorded.put(String.valueOf(recording.get("path")), recording);
    }

    private static Map<?, ?> recording(String name) {
        try (InputStream in = GithubHost.class.getResourceAsStream("/github/" + name + ".json")) {
            return JSON.readValue(in, Map.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void mood(Mood other) {
        CountDownLatch old = silence;
        silence = new CountDownLatch(1);
        mood = other;
        old.countDown();
    }

    /** Redirects every request to that address, the path after it. */
    public void redirectTo(String base) {
        redirect = base;
        mood(Mood.REDIRECTING);
    }

    /** Runs that before each answer with contents: a push that comes between. */
    public void beforeContents(Runnable act) {
        beforeContents = act;
    }

    /** Requests so far. */
    public int requests() {
        return asked.size();
    }

    public GithubTold told() {
        return told;
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath().replaceFirst("^/api/v3", "");
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
            String query = exchange.getRequestURI().getRawQuery();
            asked.add(new Asked(query == null ? path : path + "?" + query, headers));
            answer(exchange, path, query == null ? "" : query);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, String path, String query) throws IOException, InterruptedException {
        boolean file = path.contains("/contents/");
        switch (mood) {
            case WELL -> well(exchange, path, query);
            case DEAD -> exchange.close();
            case SLOW -> silence.await();
            case NOT_FOUND -> error(exchange, 404, "Not Found");
            case UNAUTHORIZED -> error(exchange, 401, "Bad credentials");
            case FORBIDDEN -> error(exchange, 403, "Resource not accessible by personal access token");
            case RATE_LIMITED -> {
                exchange.getResponseHeaders().set("x-ratelimit-remaining", "0");
                exchange.getResponseHeaders().set("x-ratelimit-reset", "4102444800");
                error(exchange, 403, "API rate limit exceeded");
            }
            case BROKEN -> error(exchange, 502, "Server Error");
            case HTML ->
                send(
                        exchange,
                        200,
                        "text/html; charset=utf-8",
                        "<html><body>Sign in</body></html>".getBytes(StandardCharsets.UTF_8));
            case EMPTY -> {
                if (file) {
                    send(exchange, 200, "application/vnd.github.raw+json; charset=utf-8", new byte[0]);
                } else {
                    well(exchange, path, query);
                }
            }
            case ERROR_AS_JSON -> {
                if (file) {
                    json(exchange, 200, Map.of("message", "Something went wrong"));
                } else {
                    well(exchange, path, query);
                }
            }
            case TRUNCATED -> truncated(exchange);
            case REDIRECTING -> {
                exchange.getResponseHeaders().set("Location", redirect + path);
                exchange.sendResponseHeaders(302, -1);
            }
        }
    }

    private static void truncated(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.github.raw+json; charset=utf-8");
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write("return".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private void well(HttpExchange exchange, String path, String query) throws IOException {
        Map<?, ?> recording = recorded.get(path);
        if (recording != null) {
            replayed(exchange, recording);
            return;
        }
        String[] parts = path.split("/", 6);
        if (parts.length < 5 || !parts[1].equals("repos")) {
            listing(exchange, path);
            return;
        }
        String repository = parts[2] + "/" + parts[3];
        String rest = parts.length > 5 ? decoded(parts[5]) : "";
        switch (parts[4]) {
            case "statuses", "hooks" -> told.answer(exchange, path);
            case "commits" -> commitOf(exchange, repository, rest);
            case "compare" -> GithubComparison.answer(exchange, commits, rest);
            case "contents" -> {
                beforeContents.run();
                contents(exchange, repository, rest, query);
            }
            default -> error(exchange, 404, "Not Found");
        }
    }

    private void listing(HttpExchange exchange, String path) throws IOException {
        if (!path.startsWith("/users/")) {
            error(exchange, 404, "Not Found");
            return;
        }
        String owner = path.split("/")[2];
        json(
                exchange,
                200,
                heads.keySet().stream()
                        .filter(key -> key.startsWith(owner + "/") && key.endsWith("@HEAD"))
                        .map(key -> key.substring(owner.length() + 1, key.indexOf('@')))
                        .map(name -> Map.of("name", name, "full_name", owner + "/" + name, "private", false))
                        .toList());
    }

    private static void replayed(HttpExchange exchange, Map<?, ?> recording) throws IOException {
        ((Map<?, ?>) recording.get("headers"))
                .forEach((name, value) -> exchange.getResponseHeaders().set(name.toString(), value.toString()));
        byte[] body = recording.get("body") instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : JSON.writeValueAsBytes(recording.get("body"));
        exchange.sendResponseHeaders((Integer) recording.get("status"), body.length);
        exchange.getResponseBody().write(body);
    }

    private String resolved(String repository, String reference) {
        String name = reference.equals("HEAD") || reference.isEmpty()
                ? heads.getOrDefault(repository + "@HEAD", "")
                : reference;
        return trees.containsKey(name) ? name : heads.getOrDefault(repository + "@" + name, "");
    }

    private void commitOf(HttpExchange exchange, String repository, String reference) throws IOException {
        if (!heads.containsKey(repository + "@HEAD")) {
            error(exchange, 404, "Not Found");
            return;
        }
        String id = resolved(repository, reference);
        if (id.isEmpty()) {
            error(exchange, 422, "No commit found for SHA: " + reference);
            return;
        }
        String etag = "\"" + id + "\"";
        exchange.getResponseHeaders().set("ETag", etag);
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        json(exchange, 200, commits.get(id));
    }

    private void contents(HttpExchange exchange, String repository, String path, String query) throws IOException {
        String reference = query.startsWith("ref=") ? decoded(query.substring(4)) : "";
        Map<String, byte[]> tree = trees.getOrDefault(resolved(repository, reference), Map.of());
        byte[] content = tree.get(path);
        if (content != null) {
            file(exchange, path, content);
            return;
        }
        String prefix = path.isEmpty() ? "" : path + "/";
        List<Map<String, Object>> entries = tree.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()).split("/", 2))
                .map(parts -> entry(prefix + parts[0], parts.length == 1 ? "file" : "dir", tree.get(prefix + parts[0])))
                .distinct()
                .toList();
        if (entries.isEmpty()) {
            error(exchange, 404, "Not Found");
        } else {
            json(exchange, 200, entries);
        }
    }

    private static Map<String, Object> entry(String path, String type, byte[] content) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", path.substring(path.lastIndexOf('/') + 1));
        entry.put("path", path);
        entry.put("sha", sha1(path));
        entry.put("size", content == null ? 0 : content.length);
        entry.put("type", type);
        return entry;
    }

    private static void file(HttpExchange exchange, String path, byte[] content) throws IOException {
        if (exchange.getRequestHeaders().getFirst("Accept").contains("raw")) {
            send(exchange, 200, "application/vnd.github.raw+json; charset=utf-8", content);
            return;
        }
        Map<String, Object> answer = entry(path, "file", content);
        answer.put("content", Base64.getMimeEncoder().encodeToString(content));
        answer.put("encoding", "base64");
        json(exchange, 200, answer);
    }

    private static void error(HttpExchange exchange, int status, String message) throws IOException {
        json(
                exchange,
                status,
                Map.of("message", message, "documentation_url", "https://docs.github.com/rest", "status", "" + status));
    }

    static void json(HttpExchange exchange, int status, Object body) throws IOException {
        send(exchange, status, "application/json; charset=utf-8", JSON.writeValueAsBytes(body));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String decoded(String text) {
        return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        mood(Mood.DEAD);
        server.stop(0);
        threads.shutdownNow();
    }
}
