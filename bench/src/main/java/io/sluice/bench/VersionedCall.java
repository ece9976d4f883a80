package io.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A call that two scripts answer, each with its version: {@code {"service": 3, "event": 3}}. */
final class VersionedCall {
    private final byte[] request;

    VersionedCall(String path, String header) {
        this.request = Call.get("GET " + path, path, header).request();
    }

    /** What went wrong is told, not thrown: it is what is measured. */
    static final class Client {
        private final byte[] request;
        private final List<String> wrong = new ArrayList<>();
        private int last;

        private Client(byte[] request) {
            this.request = request;
        }

        /** The version that answers; of a wrong answer the last one before it. */
        int version(HttpConnection connection) throws IOException {
            look(connection.call(request));
            return last;
        }

        private void look(Answer answer) {
            JsonNode body = answer.status() == 200
                    ? JsonMapper.shared().readTree(answer.body())
                    : JsonMapper.shared().missingNode();
            int service = body.path("service").asInt(-1);
            int event = body.path("event").asInt(-2);
            if (service == event && service >= last) {
                last = service;
            } else {
                wrong.add("status " + answer.status() + " after version " + last + ": " + answer.text());
            }
        }
    }

    Client client() {
        return new Client(request);
    }

    /**
     * What some clients saw together.
     *
     * @param millis per call, the shortest first
     * @param wrong answers that failed, mixed two versions or went back
     */
    record Load(double[] millis, List<String> wrong) {}

    /** What goes on meanwhile. */
    interface Meanwhile {
        void happens() throws IOException, InterruptedException;
    }

    Load load(ServerProcess server, int clients, Meanwhile meanwhile) throws IOException, InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        List<Double> millis = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(caller(server, over, millis, wrong)));
            }
            try {
                meanwhile.happens();
            } finally {
                over.set(true);
            }
            for (Future<Void> caller : running) {
                caller.get();
            }
        } catch (ExecutionException e) {
            throw new BenchException("a call got no answer: " + e.getCause(), e);
        }
        return new Load(
                millis.stream().mapToDouble(Double::doubleValue).sorted().toArray(), wrong);
    }

    private Callable<Void> caller(ServerProcess server, AtomicBoolean over, List<Double> millis, List<String> wrong) {
        return () -> {
            List<Double> own = new ArrayList<>();
            Client client = client();
            try (HttpConnection connection = new HttpConnection(server.port())) {
                while (!over.get()) {
                    long began = System.nanoTime();
                    client.version(connection);
                    own.add((System.nanoTime() - began) / 1e6);
                }
            }
            synchronized (millis) {
                millis.addAll(own);
                wrong.addAll(client.wrong);
            }
            return null;
        };
    }
}
