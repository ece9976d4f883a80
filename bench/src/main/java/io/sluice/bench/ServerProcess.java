package io.sluice.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that this benchmark started and that has said it is ready; closing ends it and its descendants. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready on http://[^:/]+:(\\d+) in (\\d+) ms");
    private static final long START_LIMIT_S = 120;
    private static final long END_LIMIT_S = 15;
    private static final int LINES_KEPT = 40;

    private final String name;
    private final Process process;
    private final CompletableFuture<Ready> ready = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();

    /**
     * What was so at the moment of the ready line.
     *
     * @param wallNanos since just before the process was started
     * @param cpuNanos of the process and all its descendants, ended ones included
     * @param saidMs the time that the line itself names
     */
    record Ready(int port, long wallNanos, long cpuNanos, long saidMs) {}

    private ServerProcess(String name, Process process, long began) {
        this.name = name;
        this.process = process;
        Thread.ofPlatform().daemon().name("output of " + name).start(() -> listen(began));
    }

    /** Starts the command and waits for its ready line; a server that does not get there is ended, and its last lines thrown. */
    static ServerProcess start(String name, ProcessBuilder command, Workspace workspace) throws IOException {
        ServerProcess server = workspace.open(() -> {
            long began = System.nanoTime();
            return new ServerProcess(name, command.redirectErrorStream(true).start(), began);
        });
        try {
            server.ready.get(START_LIMIT_S, TimeUnit.SECONDS);
            return server;
        } catch (ExecutionException | TimeoutException e) {
            workspace.end(server);
            throw new BenchException(name + " did not become ready. Its last lines:\n" + server.lines(), e);
        } catch (InterruptedException e) {
            throw new BenchException("interrupted while " + name + " started", e);
        }
    }

    Ready ready() {
        return ready.join();
    }

    int port() {
        return ready().port();
    }

    long pid() {
        return process.pid();
    }

    /** The last lines of its output, for an error message. */
    String lines() {
        synchronized (lastLines) {
            return String.join("\n", lastLines);
        }
    }

    private void listen(long began) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = READY.matcher(line);
                if (!ready.isDone() && matcher.find()) {
                    long wall = System.nanoTime() - began;
                    long cpu = ProcessFigures.cpuNanosOfTree(pid());
                    ready.complete(
                            new Ready(Integer.parseInt(matcher.group(1)), wall, cpu, Long.parseLong(matcher.group(2))));
                }
                keep(line);
            }
            ready.completeExceptionally(new IOException("the output ended"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    private void keep(String line) {
        synchronized (lastLines) {
            lastLines.add(line);
            if (lastLines.size() > LINES_KEPT) {
                lastLines.remove();
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(END_LIMIT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public String toString() {
        return name;
    }
}
