package io.sluice.engine.python;

import io.sluice.engine.process.Child;
import io.sluice.engine.process.Command;
import io.sluice.engine.process.Confinement;
import io.sluice.engine.process.Forwarder;
import io.sluice.engine.process.Network;
import io.sluice.engine.process.Places;
import io.sluice.engine.process.Quota;
import io.sluice.engine.process.Watchdog;
import io.sluice.engine.process.WorkerPool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all Python scripts of this server share. Thread-safe. */
final class PythonRuntime implements AutoCloseable {
    /** What the interpreter itself maps before a script has done anything. */
    private static final long OWN_ADDRESS_BYTES = 48L << 20;

    private static final long COMPILER_BYTES = 512L << 20;
    private static final String WORKER = text("shield.py") + text("worker.py");
    private static final String FORWARDER = text("forward.py");
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "LANG", "C.UTF-8",
            "HOME", "/tmp",
            "TMPDIR", "/tmp",
            // Libraries that start a thread for each core would use up the address space.
            "OPENBLAS_NUM_THREADS", "1",
            "OMP_NUM_THREADS", "1");

    private final Python python;
    private final Confinement confinement;
    private final PythonSettings settings;
    private final Watchdog watchdog = Watchdog.start();
    private final Places places;
    private final WorkerPool<PythonWorker> compilers;
    private final Environments environments;

    PythonRuntime(Python python, Confinement confinement, PythonSettings settings) {
        this.python = python;
        this.confinement = confinement;
        this.settings = settings;
        this.places = Places.of(settings.workers(), settings.idle());
        this.compilers = new WorkerPool<>(
                places, 1, () -> worker(new byte[0], Optional.empty(), COMPILER_BYTES, new Network.None()));
        this.environments = new Environments(python, confinement, settings);
    }

    Watchdog watchdog() {
        return watchdog;
    }

    WorkerPool<PythonWorker> compilers() {
        return compilers;
    }

    Environments environments() {
        return environments;
    }

    /**
     * Workers for one script.
     *
     * @param outbound the hosts that they may reach
     */
    WorkerPool<PythonWorker> pool(byte[] script, Optional<Path> packages, long memoryBytes, List<String> outbound) {
        long addressBytes = memoryBytes + OWN_ADDRESS_BYTES;
        return new WorkerPool<>(
                places, settings.workersPerScript(), () -> worker(script, packages, addressBytes, network(outbound)));
    }

    private Network network(List<String> outbound) {
        List<String> forwarder = List.of(python.program().toString(), "-I", "-S", "-B", "-c", FORWARDER);
        return outbound.isEmpty()
                ? new Network.None()
                : new Network.Listed(outbound, new Forwarder(forwarder, python.shown()));
    }

    private PythonWorker worker(byte[] script, Optional<Path> packages, long addressBytes, Network network) {
        List<String> line = List.of(
                python.program().toString(),
                "-I",
                "-B",
                "-X",
                "utf8",
                "-c",
                WORKER,
                packages.map(Path::toString).orElse("-"),
                confinement.confines() ? "own" : "shared");
        List<Path> shown = new ArrayList<>(python.shown());
        packages.ifPresent(shown::add);
        Quota quota = Quota.ofMemory(addressBytes);
        Child child = confinement.start(new Command(line, shown, List.of(), ENVIRONMENT, quota, network));
        return new PythonWorker(child, script);
    }

    private static String text(String resource) {
        try (InputStream in = PythonRuntime.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        places.close();
        watchdog.close();
    }
}
