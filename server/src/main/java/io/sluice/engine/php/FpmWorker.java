package io.sluice.engine.php;

import io.sluice.engine.process.Child;
import io.sluice.engine.process.PrivateFolder;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A php-fpm of its own with one process, and the one connection to it: made for the first run, since php-fpm closes a connection on
 * which nothing comes within five seconds, and kept from then on, when it waits without end.
 */
final class FpmWorker implements PhpWorker {
    private static final long START_NANOS = 20_000_000_000L;
    private static final long LOOK_NANOS = 1_000_000;
    private static final int BUFFER = 64 << 10;

    /** More than anybody sends: the real end is told by a record. */
    private static final String ENDLESS = "2000000000";

    private final Child child;
    private final Path run;
    private final PhpBox box;
    private final UnixDomainSocketAddress address;
    private @Nullable SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER).flip();
    private final Deque<Heard> heard = new ArrayDeque<>();
    private Assembler log = assembler("");
    private Output output = new Output();
    private boolean over;

    private FpmWorker(Child child, Path run, PhpBox box, UnixDomainSocketAddress address) {
        this.child = child;
        this.run = run;
        this.box = box;
        this.address = address;
    }

    /** Waits until it takes connections. */
    static FpmWorker started(Child child, Path run, PhpBox box) {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(run.resolve("s"));
        long until = System.nanoTime() + START_NANOS;
        while (!takesConnections(address)) {
            await(child, run, until);
        }
        return new FpmWorker(child, run, box, address);
    }

    private static boolean takesConnections(UnixDomainSocketAddress address) {
        try (SocketChannel trial = SocketChannel.open(address)) {
            return trial.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private SocketChannel channel() throws IOException {
        @Nullable SocketChannel known = channel;
        if (known == null) {
            known = SocketChannel.open(address);
            channel = known;
        }
        return known;
    }

    private static void await(Child child, Path run, long until) {
        if (!child.isAlive() || System.nanoTime() - until > 0) {
            String said = child.said() + log(run);
            child.close();
            PrivateFolder.remove(run);
            throw new IllegalStateException("php-fpm does not start. It said: " + said.strip());
        }
        LockSupport.parkNanos(LOOK_NANOS);
    }

    private static String log(Path run) {
        try {
            return Files.readString(run.resolve("fpm.log"));
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public Child child() {
        return child;
    }

    @Override
    public void begin(String work, long memoryBytes, long timeoutMillis) throws IOException {
        String mark = "#" + Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE) + "#";
        log = assembler(mark);
        output = new Output();
        over = false;
        heard.clear();
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("SCRIPT_FILENAME", box.bootstrap().toString());
        parameters.put("REQUEST_METHOD", "POST");
        parameters.put("CONTENT_LENGTH", ENDLESS);
        parameters.put("SLUICE_TOKEN", mark);
        parameters.put("SLUICE_DO", work);
        parameters.put("SLUICE_FILE", box.entry().toString());
        long seconds = timeoutMillis / 1000 + 2;
        parameters.put("PHP_ADMIN_VALUE", "memory_limit=" + (memoryBytes >> 10) + "K\nmax_execution_time=" + seconds);
        write(FastCgi.begin(parameters));
    }

    private Assembler assembler(String mark) {
        return new Assembler(mark, LONGEST_MESSAGE, message -> heard.add(new Heard.Message(message)), this::logged);
    }

    private void logged(String text) {
        for (String one : text.split("(?:; )?PHP message: ")) {
            if (!one.isBlank()) {
                heard.add(new Heard.Logged(one));
            }
        }
    }

    @Override
    public void send(byte[] message) throws IOException {
        write(FastCgi.input(message));
    }

    @Override
    public void endOfMessages() throws IOException {
        write(FastCgi.endOfInput());
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel().write(left);
        }
    }

    @Override
    public Heard hear() throws IOException {
        while (true) {
            Heard next = heard.poll();
            if (next != null) {
                return next;
            }
            if (over) {
                return new Heard.Over();
            }
            record();
        }
    }

    private void record() throws IOException {
        need(FastCgi.HEADER);
        in.get();
        int type = in.get();
        in.getShort();
        int length = in.getShort() & 0xffff;
        int padding = in.get() & 0xff;
        in.get();
        content(type, length);
        skip(padding);
    }

    private void content(int type, int length) throws IOException {
        int left = length;
        while (left > 0) {
            need(1);
            int here = Math.min(left, in.remaining());
            int from = in.arrayOffset() + in.position();
            switch (type) {
                case FastCgi.STDOUT -> output.add(in.array(), from, from + here);
                case FastCgi.STDERR -> log.feed(in.array(), from, from + here);
                default -> {}
            }
            in.position(in.position() + here);
            left -= here;
        }
        if (output.printed() > MOST_PRINTED || log.overflown()) {
            heard.add(new Heard.TooMuch());
        }
        if (type == FastCgi.END_REQUEST) {
            over = true;
            heard.addAll(rest());
        }
    }

    private void skip(int length) throws IOException {
        int left = length;
        while (left > 0) {
            need(1);
            int here = Math.min(left, in.remaining());
            in.position(in.position() + here);
            left -= here;
        }
    }

    /** Reads until so many bytes are there. */
    private void need(int bytes) throws IOException {
        while (in.remaining() < bytes) {
            in.compact();
            int got = channel().read(in);
            in.flip();
            if (got < 0) {
                throw new EOFException("php-fpm ended the connection");
            }
        }
    }

    @Override
    public List<Heard> rest() {
        log.end();
        List<Heard> rest = new ArrayList<>(heard);
        heard.clear();
        String printed = output.text();
        if (!printed.isEmpty()) {
            rest.add(new Heard.Printed(printed));
        }
        return rest;
    }

    @Override
    public boolean reusable() {
        return true;
    }

    @Override
    public boolean isAlive() {
        return child.isAlive() && (channel == null || channel.isOpen());
    }

    @Override
    public void close() {
        child.close();
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            PrivateFolder.remove(run);
        }
    }

    /** What the script printed, after the headers that PHP puts before it. */
    private static final class Output {
        private static final int KEPT = 128 << 10;

        private final java.io.ByteArrayOutputStream kept = new java.io.ByteArrayOutputStream(256);
        private long printed;

        void add(byte[] bytes, int from, int to) {
            printed += to - from;
            int taken = Math.min(to - from, KEPT - kept.size());
            kept.write(bytes, from, Math.max(0, taken));
        }

        long printed() {
            return printed;
        }

        String text() {
            String all = kept.toString(StandardCharsets.UTF_8);
            kept.reset();
            if (all.startsWith("\r\n")) {
                return all.substring(2);
            }
            int end = all.indexOf("\r\n\r\n");
            return end < 0 ? all : all.substring(end + 4);
        }
    }
}
