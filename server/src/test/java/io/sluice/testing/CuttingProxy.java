package io.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network between a client and a server on this machine that can be cut: it passes on what comes to its ports on 127.0.0.1, until it
 * is told to break all connections, to let no new one in, or to hold what is on its way.
 */
public final class CuttingProxy implements AutoCloseable {
    private final String host;
    private final List<ServerSocket> doors = new ArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean cut;
    private volatile CountDownLatch flow = new CountDownLatch(0);

    private CuttingProxy(String host) {
        this.host = host;
    }

    /** From a free port to that port of that host. */
    public static CuttingProxy to(String host, int port) throws IOException {
        CuttingProxy made = new CuttingProxy(host);
        made.listen(0, port);
        return made;
    }

    /**
     * From so many free ports to those with the same numbers of another address of this machine, such as 127.0.0.2: for protocols that
     * tell numbers of ports.
     */
    public static CuttingProxy sameNumbers(String host, int count) throws IOException {
        CuttingProxy made = new CuttingProxy(host);
        try {
            made.listen(0, -1);
            for (int i = 1; i < count; i++) {
                made.listen(made.port() + i, -1);
            }
            return made;
        } catch (java.net.BindException taken) {
            made.close();
            return sameNumbers(host, count);
        }
    }

    private void listen(int from, int to) throws IOException {
        ServerSocket door = new ServerSocket();
        doors.add(door);
        door.bind(new InetSocketAddress("127.0.0.1", from));
        boolean counted = doors.size() == 1;
        Thread.ofVirtual().start(() -> accept(door, to < 0 ? door.getLocalPort() : to, counted));
    }

    /** Its first port. */
    public int port() {
        return doors.getFirst().getLocalPort();
    }

    /** How many connections the first port has taken so far. */
    public int accepted() {
        return accepted.get();
    }

    /** How many connections there are now, at all ports. */
    public int open() {
        return sockets.size() / 2;
    }

    private void accept(ServerSocket door, int to, boolean counted) {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (counted) {
                    accepted.incrementAndGet();
                }
                connect(client, to);
            } catch (IOException e) {
                // closed, or nobody is behind
            }
        }
    }

    private void connect(Socket client, int to) throws IOException {
        if (cut) {
            reset(client);
            return;
        }
        Socket server;
        try {
            server = new Socket(host, to);
        } catch (IOException e) {
            reset(client);
            throw e;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.addAll(List.of(client, server));
        if (cut) {
            breakAll();
        }
        Thread.ofVirtual().start(() -> relay(client, server));
        Thread.ofVirtual().start(() -> relay(server, client));
    }

    private void relay(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[64 << 10];
            for (int some = in.read(buffer); some >= 0; some = in.read(buffer)) {
                flow.await();
                out.write(buffer, 0, some);
            }
            to.shutdownOutput();
            if (from.isOutputShutdown()) {
                end(from, to);
            }
        } catch (IOException e) {
            end(from, to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Socket... both) {
        for (Socket one : both) {
            reset(one);
            sockets.remove(one);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it is closed already
        }
    }

    /** Breaks all connections and lets no new one in. */
    public void cut() {
        cut = true;
        breakAll();
    }

    private void breakAll() {
        end(sockets.toArray(Socket[]::new));
    }

    /** New connections are possible again. */
    public void mend() {
        cut = false;
    }

    /** Nothing comes through any more, and nothing breaks. */
    public void hold() {
        flow = new CountDownLatch(1);
    }

    /** What was held goes on. */
    public void resume() {
        flow.countDown();
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket door : doors) {
            door.close();
        }
        resume();
        breakAll();
    }
}
