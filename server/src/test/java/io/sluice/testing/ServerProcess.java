package io.sluice.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own: the packaged jar, or the launcher. Ends with {@link #close}. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("sluice ready on (http://\\S+) in (\\d+) ms");
    private final Process process;
    private final String address;
    private final List<String> output = new ArrayList<>();

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        this.address = readyAddress(lines);
        Thread.ofVirtual().start(() -> lines.lines().forEach(this::keep));
    }

    private String readyAddress(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            keep(line);
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                return ready.group(1);
            }
        }
        throw new AssertionError("the server ended before it was ready:\n" + output());
    }

    /** The packaged jar with those arguments. */
    public static ServerProcess jar(Map<String, String> environment, String... arguments) throws IOException {
        return jarWithHeap(768, environment, arguments);
    }

    /** The same in a JVM whose heap is that many MiB at most. */
    public static ServerProcess jarWithHeap(int mebibytes, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xmx" + mebibytes + "m",
                "-jar",
                System.getProperty("sluice.jar", "target/sluice-server.jar")));
        command.addAll(List.of(arguments));
        return start(command, environment);
    }

    /** {@code ./sluice} of this checkout with those arguments; takes the jar as it is. */
    public static ServerProcess launcher(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(root().resolve("sluice").toString()));
        command.addAll(List.of(arguments));
        return start(command, environment);
    }

    /** The folder of this checkout. */
    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return here.endsWith("server") ? here.getParent() : here;
    }

    private static ServerProcess start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SLUICE_BUILD", "0");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            return new ServerProcess(process);
        } catch (IOException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private void keep(String line) {
        synchronized (output) {
            output.add(line);
            output.notifyAll();
        }
    }

    /** {@code http://127.0.0.1:PORT}. */
    public String address() {
        return address;
    }

    public String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    /** Waits until that text was printed. */
    public void await(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        synchronized (output) {
            while (!output().contains(text)) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("'" + text + "' was not printed:\n" + output());
                }
                output.wait(1_000);
            }
        }
    }

    /** Asks it to end, as {@code kill} does; its exit status. */
    public int end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the server did not end within 60 s:\n" + output());
        }
        return process.exitValue();
    }

    /** Ends it on the spot, as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        if (process.isAlive()) {
            end();
        }
    }
}
