package io.sluice.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A server program of this machine, run for tests in a process of its own; ended when the JVM ends, if not before. */
final class Daemon {
    private static final List<Daemon> ALL = new CopyOnWriteArrayList<>();
    private static final List<Path> FOLDERS = new CopyOnWriteArrayList<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Daemon::endAll));
    }

    private final Process process;
    private final Path log;

    private Daemon(Process process, Path log) {
        this.process = process;
        this.log = log;
        ALL.add(this);
    }

    private static void endAll() {
        ALL.forEach(Daemon::end);
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A folder for servers, which goes when the JVM ends, after they have. */
    static Path folder(String name) throws IOException {
        Path folder = Files.createTempDirectory("sluice-" + name);
        FOLDERS.add(folder);
        return folder;
    }

    /** @param log takes what it prints */
    static Daemon start(Path log, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        return new Daemon(builder.start(), log);
    }

    /** Runs a program to its end, which must be a good one. */
    static void run(Path log, List<String> command) throws IOException {
        Daemon program = start(log, Map.of(), command);
        if (program.process.onExit().join().exitValue() != 0) {
            throw new AssertionError(command.getFirst() + " failed:\n" + program.output());
        }
    }

    /** A port that nobody listened on a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            return socket.getLocalPort();
        }
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false; // not yet
        }
    }

    void await(String what, BooleanSupplier ready) {
        Eventually.is(what, () -> {
            if (!process.isAlive()) {
                throw new AssertionError(what + " does not come, the program ended:\n" + output());
            }
            return ready.getAsBoolean();
        });
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Together with the processes that it made. */
    private void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
