package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;

/**
 * All that a run leaves on the machine while it lasts: a temporary folder and processes. Closing it, which a shutdown hook
 * does as well, ends the processes, last first, and deletes the folder.
 */
final class Workspace implements AutoCloseable {
    private final Path folder;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    Workspace() throws IOException {
        folder = Files.createTempDirectory("sluice-bench");
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "ends what the benchmark started"));
    }

    /** A new empty folder in the workspace. */
    Path folder(String name) throws IOException {
        return Files.createTempDirectory(folder, name);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Something that has to be closed, and how it comes to be. */
    interface Opening<T extends AutoCloseable, E extends Exception> {
        T open() throws E;
    }

    /** Opens it and keeps it, under the lock that closing needs: what is on its way when the end comes is closed as well. */
    synchronized <T extends AutoCloseable, E extends Exception> T open(Opening<T, E> opening) throws E {
        if (closed) {
            throw new BenchException("the benchmark is ending");
        }
        T resource = opening.open();
        open.push(resource);
        return resource;
    }

    /** Closes one before its time. */
    synchronized void end(AutoCloseable resource) {
        if (open.remove(resource)) {
            close(resource);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!open.isEmpty()) {
            close(open.pop());
        }
        try (Stream<Path> all = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            all.sorted(Comparator.reverseOrder()).forEach(Workspace::delete);
        } catch (IOException e) {
            System.err.println("bench: cannot delete " + folder + ": " + e.getMessage());
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            System.err.println("bench: cannot end " + resource + ": " + e.getMessage());
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.err.println("bench: cannot delete " + path + ": " + e.getMessage());
        }
    }
}
