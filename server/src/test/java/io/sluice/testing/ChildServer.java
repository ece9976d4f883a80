package io.sluice.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server program of this machine in a process of its own, for one test class. What it prints goes to a file. */
final class ChildServer implements AutoCloseable {
    private final Process process;
    private final Path log;

    private ChildServer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Waits until it takes connections. */
    static ChildServer start(List<String> command, InetSocketAddress address, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ChildServer made = new ChildServer(process, log);
        Eventually.is(command.getFirst() + " takes connections or ends", () -> !process.isAlive() || listens(address));
        if (!process.isAlive()) {
            throw new AssertionError(command.getFirst() + " ended: " + made.said());
        }
        return made;
    }

    private static boolean listens(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String said() throws IOException {
        return Files.readString(log);
    }

    /** Where a program of that name is, also for those who have no {@code sbin} on their path. */
    static Optional<Path> program(String name) {
        return Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
