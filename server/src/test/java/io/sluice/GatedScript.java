package io.sluice;

import com.sun.net.httpserver.HttpServer;
import io.sluice.testing.Api;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * The script service {@code busy}. It calls a service that answers 204 once the gate is open: as long as the gate is shut, every run
 * waits.
 */
final class GatedScript implements AutoCloseable {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final HttpServer far;

    private GatedScript(HttpServer far) {
        this.far = far;
    }

    static GatedScript start(Api admin) throws IOException {
        GatedScript script = new GatedScript(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0));
        script.listen();
        service(admin, "far", "rws", Map.of("base_url", "http://127.0.0.1:" + script.port() + "/"));
        service(
                admin,
                "busy",
                "nodejs",
                Map.of("content", "return platform.api.get('far/x').status_code;", "timeout_ms", 120_000));
        return script;
    }

    static void service(Api admin, String name, String type, Map<String, Object> config) {
        admin.post("system/service", Api.one(Map.of("name", name, "type", type, "is_active", true, "config", config)))
                .expect(201);
    }

    private void listen() {
        far.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        far.createContext("/", exchange -> {
            waiting.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        far.start();
    }

    private int port() {
        return far.getAddress().getPort();
    }

    /** Until a run stands at the gate. */
    void awaitRun() throws InterruptedException {
        waiting.await();
    }

    void open() {
        gate.countDown();
    }

    @Override
    public void close() {
        open();
        far.stop(0);
    }
}
