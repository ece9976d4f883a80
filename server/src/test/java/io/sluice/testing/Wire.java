package io.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The wire between a client and a database on this machine: it can be cut, held still, and taken away. */
public final class Wire implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private final int target;
    private final int port;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final AtomicLong cutAfter = new AtomicLong(Long.MAX_VALUE);
    private volatile byte[] cutBefore = {};
    private ServerSocket door;
    private boolean still;

    private Wire(int target) {
        this.target = target;
        this.door = open(0);
        this.port = door.getLocalPort();
        thread(() -> take(door));
    }

    /** A wire to the database of that config. */
    public static Wire to(Map<String, Object> config) {
        return new Wire((Integer) config.get("port"));
    }

    /** That config, led over this wire. */
    public Map<String, Object> over(Map<String, Object> config) {
        Map<String, Object> led = new HashMap<>(config);
        led.put("host", HERE.getHostAddress());
        led.put("port", port);
        return led;
    }

    /** Threads of the system: what the code under test does with virtual ones must not stop the wire. */
    private static void thread(Runnable work) {
        Thread.ofPlatform().daemon().name("wire").start(work);
    }

    private static ServerSocket open(int port) {
        try {
            ServerSocket opened = new ServerSocket();
            opened.setReuseAddress(true);
            opened.bind(new InetSocketAddress(HERE, port));
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(ServerSocket from) {
        try {
            while (true) {
                Socket client = from.accept();
                Socket server = new Socket(HERE, target);
                ends.add(client);
                ends.add(server);
                if (from.isClosed()) {
                    // Let in just before: a cut that followed the refusal may have missed it.
                    breakOff(client);
                    breakOff(server);
                    continue;
                }
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                thread(() -> carry(client, server, true));
                thread(() -> carry(server, client, false));
            }
        } catch (IOException closed) {
            // The door was shut.
        }
    }

    private void carry(Socket from, Socket to, boolean asking) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                awaitMotion();
                boolean cut = asking ? holds(buffer, n, cutBefore) : cutAfter.addAndGet(-n) < 0;
                if (cut) {
                    cut();
                    return;
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException gone) {
            // One of the two ended: so does the other.
        } finally {
            breakOff(from);
            breakOff(to);
        }
    }

    private static boolean holds(byte[] buffer, int length, byte[] wanted) {
        return wanted.length > 0
                && new String(buffer, 0, length, StandardCharsets.ISO_8859_1)
                        .contains(new String(wanted, StandardCharsets.ISO_8859_1));
    }

    private synchronized void awaitMotion() throws IOException {
        try {
            while (still) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void breakOff(Socket socket) {
        ends.remove(socket);
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (IOException gone) {
            // It is broken already.
        }
    }

    /** From now on nothing is carried; nobody is told. */
    public synchronized void hold() {
        still = true;
    }

    public synchronized void letGo() {
        still = false;
        notifyAll();
    }

    /** Breaks all connections. */
    public void cut() {
        ends.forEach(this::breakOff);
    }

    /** Breaks all connections once the database has said that many bytes more. */
    public void cutAfter(long bytes) {
        cutAfter.set(bytes);
    }

    /** Breaks all connections when the client says that text; it does not get through. Empty: never. */
    public void cutBefore(String text) {
        cutBefore = text.getBytes(StandardCharsets.UTF_8);
    }

    /** New connections are refused from now on. */
    public void refuse() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As in the beginning. */
    public void mend() {
        cutAfter.set(Long.MAX_VALUE);
        cutBefore = new byte[0];
        letGo();
        if (door.isClosed()) {
            door = open(port);
            ServerSocket opened = door;
            thread(() -> take(opened));
        }
    }

    @Override
    public void close() {
        refuse();
        letGo();
        cut();
    }
}
