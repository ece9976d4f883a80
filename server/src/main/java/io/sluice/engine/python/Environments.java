package io.sluice.engine.python;

import io.sluice.engine.process.Child;
import io.sluice.engine.process.Command;
import io.sluice.engine.process.Confinement;
import io.sluice.engine.process.Interpreter;
import io.sluice.engine.process.Network;
import io.sluice.engine.process.Quota;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Virtual environments, one for each list of requirements and version of Python, kept in the data folder. They are made by a
 * confined pip, which has a network since it must reach the index; only from built packages, since others run code of their own to
 * be built. Thread-safe.
 */
final class Environments {
    private static final long INSTALL_MILLIS = 180_000;
    private static final int LAST_LINES = 3;

    /** The least status of a program that a signal ended, as a shell tells it. */
    private static final int KILLED = 128;

    private static final String DONE = "complete";

    /** Before the administrator's options, which can name exceptions. */
    private static final List<String> OPTIONS = List.of("--only-binary", ":all:");

    /** Arguments: python, the folder, options of pip. No shell text is made of anything that a requirement says. */
    private static final String INSTALL = """
            set -e
            umask 022
            python=$1 folder=$2
            shift 2
            "$python" -I -m venv "$folder/venv" >&2
            "$folder/venv/bin/python" -I -m pip install --disable-pip-version-check --no-input --no-cache-dir \\
              --no-warn-script-location -r "$folder/in/requirements.txt" "$@" >&2
            """;

    private final Python python;
    private final Confinement confinement;
    private final PythonSettings settings;
    private final Map<String, ReentrantLock> making = new ConcurrentHashMap<>();

    /** What came of asking for an environment. */
    sealed interface Outcome {
        /** @param packages the folder to import from */
        record Ready(Path packages) implements Outcome {}

        record Failed(String why) implements Outcome {}

        /** What is missing is on this machine, not in the list. */
        record NotNow(String why) implements Outcome {}
    }

    Environments(Python python, Confinement confinement, PythonSettings settings) {
        this.python = python;
        this.confinement = confinement;
        this.settings = settings;
    }

    /** The environment with these requirements, made when there is none yet; that takes as long as pip does. */
    Outcome of(String requirements) {
        Optional<String> problem = Requirements.problem(requirements);
        if (problem.isPresent()) {
            return new Outcome.Failed("the packages of requirements.txt cannot be installed: " + problem.get());
        }
        String name = name(requirements);
        ReentrantLock lock = making.computeIfAbsent(name, any -> new ReentrantLock());
        lock.lock();
        try {
            Path folder = settings.environments().resolve(name);
            Path packages = folder.resolve("venv/lib/python" + python.version() + "/site-packages");
            if (Files.exists(folder.resolve(DONE))) {
                return new Outcome.Ready(packages);
            }
            return made(folder, packages, requirements);
        } catch (IOException | UncheckedIOException e) {
            return new Outcome.NotNow("the packages of requirements.txt cannot be installed now: " + e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private Outcome made(Path folder, Path packages, String requirements) throws IOException {
        delete(folder);
        Path in = Files.createDirectories(folder.resolve("in"));
        // Read by users other than the server's.
        open(settings.environments());
        open(folder);
        open(in);
        Path list = Files.writeString(in.resolve("requirements.txt"), Requirements.plain(requirements));
        Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-r--r--"));
        Path venv = Files.createDirectory(folder.resolve("venv"));
        open(venv);
        try (Child child = confinement.start(install(folder, in, venv))) {
            child.in().close();
            if (!child.awaitEnd(INSTALL_MILLIS)) {
                return notNow(folder, "pip took more than " + INSTALL_MILLIS / 1000 + " s");
            }
            if (child.status() >= KILLED) {
                return notNow(folder, "pip was ended from outside");
            }
            if (child.status() != 0) {
                return failed(folder, last(child.said()));
            }
        }
        Files.createFile(folder.resolve(DONE));
        return new Outcome.Ready(packages);
    }

    private Command install(Path folder, Path in, Path venv) {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", INSTALL, "install"));
        line.addAll(List.of(python.program().toString(), folder.toString()));
        line.addAll(options());
        List<Path> shown = new ArrayList<>(python.shown());
        shown.add(in);
        Stream.of("/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/ca-certificates", "/etc/pip.conf")
                .map(Path::of)
                .forEach(shown::add);
        shown.addAll(Interpreter.beyondTheSystem(settings.shownToPip().stream()));
        Quota quota = new Quota(0, 64, 1024, 1L << 30);
        Map<String, String> environment = Map.of("HOME", "/tmp", "TMPDIR", "/tmp", "LANG", "C.UTF-8");
        return new Command(line, shown, List.of(venv), environment, quota, new Network.OfServer());
    }

    private List<String> options() {
        return Stream.concat(OPTIONS.stream(), settings.pipOptions().stream()).toList();
    }

    private static Outcome notNow(Path folder, String why) {
        delete(folder);
        return new Outcome.NotNow("the packages of requirements.txt cannot be installed now: " + why);
    }

    private static Outcome failed(Path folder, String why) {
        delete(folder);
        return new Outcome.Failed("the packages of requirements.txt cannot be installed: " + why);
    }

    private static String last(String said) {
        List<String> lines =
                said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            inside.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String name(String requirements) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((python.program() + "\n" + python.version() + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(String.join("\n", options()).getBytes(StandardCharsets.UTF_8));
            byte[] hash = digest.digest(requirements.strip().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
