package io.sluice.service.file.connected;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** A server that keeps files in memory and does not rename over one that is there. */
final class MemoryServer implements Connector {
    final Map<String, String> files = new ConcurrentSkipListMap<>();
    volatile Instant modified = Instant.EPOCH;

    /** Whether each folder holds {@code again}, a link to itself that is shown as a folder. */
    volatile boolean circle;

    volatile Rename onRename = (from, to) -> {};

    /** Sees a rename before it is done, and may hold it up or break the connection. */
    interface Rename {
        void see(String from, String to) throws IOException;
    }

    void move(String from, String to) {
        files.put(to, files.getOrDefault(from, ""));
        files.remove(from);
    }

    @Override
    public Connection connect(InetAddress address) {
        return new One();
    }

    private final class One implements Connection {
        private volatile boolean broken;

        @Override
        public String home() {
            return "/";
        }

        @Override
        public boolean answers() {
            return !broken;
        }

        @Override
        public boolean usable() {
            return !broken;
        }

        private void alive() throws IOException {
            if (broken) {
                throw new IOException("the connection is broken");
            }
        }

        @Override
        public Optional<Node> find(String path, boolean folder) throws IOException {
            alive();
            if (path.equals("/")) {
                return Optional.of(new Node("", Node.Kind.FOLDER, Instant.EPOCH, 0));
            }
            return Optional.ofNullable(files.get(path))
                    .map(text -> new Node(path.substring(1), Node.Kind.FILE, Instant.EPOCH, text.length()));
        }

        @Override
        public List<Node> list(String folder) throws IOException {
            alive();
            List<Node> found = new ArrayList<>();
            if (circle) {
                found.add(new Node("again", Node.Kind.FOLDER, modified, 0));
            }
            files.forEach(
                    (path, text) -> found.add(new Node(path.substring(1), Node.Kind.FILE, modified, text.length())));
            return found;
        }

        @Override
        public InputStream read(String file, long from, long length) throws IOException {
            alive();
            return new ByteArrayInputStream(files.getOrDefault(file, "").getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void write(String file, InputStream content) throws IOException {
            alive();
            files.put(file, new String(content.readAllBytes(), StandardCharsets.US_ASCII));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            alive();
            try {
                onRename.see(from, to);
            } catch (IOException e) {
                broken = true;
                throw e;
            }
            if (files.containsKey(to) || !files.containsKey(from)) {
                throw new Refusal("there is one, or none");
            }
            move(from, to);
        }

        @Override
        public void delete(String file) throws IOException {
            alive();
            if (files.remove(file) == null) {
                throw new Refusal("there is none");
            }
        }

        @Override
        public void makeFolder(String folder) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void deleteFolder(String folder) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean removedAtOnce(String folder) {
            return false;
        }

        @Override
        public void close() {
            broken = true;
        }
    }
}
