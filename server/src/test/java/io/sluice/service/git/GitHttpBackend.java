package io.sluice.service.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The server that comes with Git, {@code git http-backend}, behind an HTTP server of this process: somebody else's code to agree with. */
record GitHttpBackend(HttpServer server, ExecutorService threads, Path folder) implements AutoCloseable {
    static GitHttpBackend start(Path folder) throws IOException {
        GitHttpBackend made = new GitHttpBackend(
                HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0),
                Executors.newVirtualThreadPerTaskExecutor(),
                folder);
        made.server.setExecutor(made.threads);
        made.server.createContext("/", made::handle);
        made.server.start();
        return made;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        ProcessBuilder command = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = command.environment();
        environment.put("GIT_PROJECT_ROOT", folder.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        environment.put("QUERY_STRING", text(exchange.getRequestURI().getRawQuery()));
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("CONTENT_TYPE", text(exchange.getRequestHeaders().getFirst("Content-Type")));
        environment.put(
                "HTTP_CONTENT_ENCODING", text(exchange.getRequestHeaders().getFirst("Content-Encoding")));
        environment.put("GIT_PROTOCOL", text(exchange.getRequestHeaders().getFirst("Git-Protocol")));
        byte[] body = exchange.getRequestBody().readAllBytes();
        environment.put("CONTENT_LENGTH", Integer.toString(body.length));
        Process process = command.start();
        try (exchange;
                var in = process.getOutputStream()) {
            in.write(body);
            in.close();
            answer(exchange, process.getInputStream());
        } finally {
            process.destroy();
        }
    }

    private static void answer(HttpExchange exchange, InputStream output) throws IOException {
        int status = 200;
        for (String line = line(output); !line.isEmpty(); line = line(output)) {
            String[] parts = line.split(": ", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(parts[0], parts[1]);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        output.transferTo(exchange.getResponseBody());
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
