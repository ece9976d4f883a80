package io.sluice.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** An HTTP host on loopback whose answers are bytes that a test writes, so that they can be wrong, slow or endless. */
public final class FarHost implements AutoCloseable {
    /** A request as it came; header names in lower case. */
    public record Got(String method, String path, Map<String, String> headers, String body) {}

    /** Writes the answer; true when the connection may be used again. */
    public interface Answer {
        boolean write(Got request, OutputStream out) throws IOException, InterruptedException;
    }

    private final ServerSocket server;
    private final Answer answer;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    public final List<Got> requests = new CopyOnWriteArrayList<>();

    private FarHost(ServerSocket server, Answer answer) {
        this.server = server;
        this.answer = answer;
        Thread.ofVirtual().start(this::accept);
    }

    public static FarHost at(String address, int port, ServerSocketFactory sockets, Answer answer) throws IOException {
        return new FarHost(sockets.createServerSocket(port, 50, InetAddress.getByName(address)), answer);
    }

    public static FarHost start(Answer answer) throws IOException {
        return at("127.0.0.1", 0, ServerSocketFactory.getDefault(), answer);
    }

    /** Answers each request alike and closes the connection. */
    public static FarHost saying(int status, String headers, String body) throws IOException {
        return start((request, out) -> {
            reply(out, status, headers + "Connection: close\r\n", body);
            return false;
        });
    }

    /** @param headers each with its line end */
    public static void reply(OutputStream out, int status, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 " + status + " Reason\r\n" + headers + "Content-Length: " + bytes.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.write(bytes);
        out.flush();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // closed, or a handshake that the other side gave up
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            boolean more = true;
            while (more) {
                Got request = read(in);
                requests.add(request);
                more = answer.write(request, socket.getOutputStream());
            }
        } catch (IOException e) {
            // the caller went away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Got read(InputStream in) throws IOException {
        String[] first = line(in).split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Got(first[0], first[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the end");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** {@code http://127.0.0.1:port}. */
    public String address() {
        return "http://" + server.getInetAddress().getHostAddress() + ":" + port();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
