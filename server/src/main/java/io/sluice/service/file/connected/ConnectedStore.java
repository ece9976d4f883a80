package io.sluice.service.file.connected;

import io.sluice.service.ConfigField;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.file.FileEntry;
import io.sluice.service.file.FilePath;
import io.sluice.service.file.FileStore;
import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/** Files of a server that one logs in to. What a link of the server leads to is for the server's rights to decide. */
public final class ConnectedStore implements FileStore {
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Connections connections;
    private final Container container;
    private final Replacement replacement = new Replacement();
    private final Leftovers leftovers = new Leftovers(replacement);
    private volatile boolean containerSeen;

    /** A copy holds two connections: one is always left for the second of somebody, so that copies cannot wait for each other. */
    private final Semaphore copies = new Semaphore(Connections.MOST - 1, true);

    /** What is done with a connection. */
    private interface Work<T> {
        T on(Connection connection) throws IOException;
    }

    /** Connects at the first call. */
    public ConnectedStore(ServiceDefinition definition, Server server, Connector connector) {
        this(Container.of(definition), new Connections(server, connector, IDLE));
    }

    ConnectedStore(Container container, Connections connections) {
        this.container = container;
        this.connections = connections;
    }

    /** The config field {@code container}. */
    public static ConfigField containerField() {
        return Container.field();
    }

    private <T> T use(Work<T> work) throws IOException {
        try (Lease lease = connections.take()) {
            leftovers.remove(lease.connection());
            return work.on(lease.connection());
        } catch (IOException e) {
            throw said(e);
        }
    }

    /** A broken connection in words. */
    static IOException said(IOException failure) {
        if (failure instanceof StoreFailure || failure instanceof Refusal) {
            return failure;
        }
        return StoreFailure.unreachable(
                failure instanceof SocketTimeoutException
                        ? "its server did not answer in time"
                        : "the connection to its server broke off",
                failure);
    }

    private void makeContainer(Connection connection) throws IOException {
        container.make(connection);
        containerSeen = true;
    }

    /** Where something new is to lie. */
    private String newPlace(Connection connection, FilePath path) throws IOException {
        if (!containerSeen) {
            makeContainer(connection);
        }
        return container.place(connection, path);
    }

    @Override
    public Optional<FileEntry> find(FilePath path) throws IOException {
        return use(connection -> {
            if (path.isRoot()) {
                makeContainer(connection);
            }
            String place = container.place(connection, path);
            return replacement
                    .whileWhole(() -> connection.find(place, path.folder()))
                    .map(node -> Tree.entry(path, node));
        });
    }

    @Override
    public List<FileEntry> list(FilePath folder, boolean deep) throws IOException {
        return use(connection -> {
            if (folder.isRoot()) {
                makeContainer(connection);
            }
            List<FileEntry> found = new ArrayList<>();
            new Tree(connection).gather(folder, container.place(connection, folder), deep, found);
            return found;
        });
    }

    @Override
    public InputStream open(FilePath file, long from, long length) throws IOException {
        return length == 0 ? InputStream.nullInputStream() : download(file, from, length);
    }

    private InputStream download(FilePath file, long from, long length) throws IOException {
        Lease lease = connections.take();
        try {
            Connection connection = lease.connection();
            String place = container.place(connection, file);
            return new Download(read(connection, place, from, length), lease);
        } catch (IOException e) {
            lease.close();
            throw said(e);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    /** Whoever finds no file may have looked between its old and its new content. */
    private InputStream read(Connection connection, String place, long from, long length) throws IOException {
        try {
            return connection.read(place, from, length);
        } catch (StoreFailure | Refusal refused) {
            return replacement.whileWhole(() -> connection.read(place, from, length));
        }
    }

    @Override
    public void write(FilePath file, InputStream content, OptionalLong length) throws IOException {
        CountedContent counted = new CountedContent(content);
        try {
            use(connection -> upload(connection, newPlace(connection, file), counted));
        } catch (IOException | RuntimeException e) {
            tidyUp(e, counted);
            if (counted.failure().isPresent()) {
                throw counted.failure().get();
            }
            throw e;
        }
    }

    /** At once, unless it is the server that is gone: it may need its time. */
    private void tidyUp(Exception failure, CountedContent content) {
        boolean gone = failure instanceof StoreFailure said && said.kind() == StoreFailure.Kind.UNREACHABLE;
        if (gone && content.failure().isEmpty()) {
            Thread.ofVirtual().name("leftovers").start(this::removeLeftovers);
        } else {
            removeLeftovers();
        }
    }

    private Optional<Node> upload(Connection connection, String target, CountedContent content) throws IOException {
        String part = Part.beside(target);
        boolean done = false;
        try {
            connection.write(part, content);
            Optional<Node> stored = connection.find(part, false);
            refuseHalf(stored.map(Node::size).orElse(-1L), content.count());
            replace(connection, part, target);
            done = true;
            return stored;
        } finally {
            if (!done) {
                leftovers.add(part);
            }
        }
    }

    /** An old file that is neither in its place nor replaced is put back later, before anything else that is left over. */
    private void replace(Connection connection, String part, String target) throws IOException {
        replacement.put(connection, part, target, leftovers);
    }

    private static void refuseHalf(long stored, long sent) throws StoreFailure {
        if (stored != sent) {
            throw StoreFailure.unreachable(
                    "its server has " + Math.max(stored, 0) + " of the " + sent + " bytes that were sent", null);
        }
    }

    private void removeLeftovers() {
        try {
            use(connection -> true); // each use removes them first
        } catch (IOException e) {
            // They are still known, and the next call removes them.
        }
    }

    @Override
    public void makeFolder(FilePath folder) throws IOException {
        use(connection -> {
            connection.makeFolder(newPlace(connection, folder));
            return true;
        });
    }

    @Override
    public void delete(FilePath file) throws IOException {
        use(connection -> {
            connection.delete(container.place(connection, file));
            return true;
        });
    }

    @Override
    public void deleteFolder(FilePath folder, boolean contentOnly) throws IOException {
        use(connection -> {
            Tree tree = new Tree(connection);
            String place = container.place(connection, folder);
            if (contentOnly || folder.isRoot()) {
                tree.empty(place);
            } else {
                tree.delete(place);
            }
            return true;
        });
    }

    @Override
    public void copy(FilePath from, FilePath to) throws IOException {
        copies.acquireUninterruptibly();
        try {
            FileStore.super.copy(from, to);
        } finally {
            copies.release();
        }
    }

    @Override
    public void move(FilePath from, FilePath to) throws IOException {
        use(connection -> {
            replace(connection, container.place(connection, from), container.place(connection, to));
            return true;
        });
    }

    @Override
    public void close() {
        connections.close();
    }
}
