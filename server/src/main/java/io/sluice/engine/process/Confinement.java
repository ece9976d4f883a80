package io.sluice.engine.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Starts children in the strongest way that this server has the rights for: tried once, when first needed. Thread-safe. Closing
 * it ends them all; they end as well when the server is killed.
 */
public final class Confinement implements AutoCloseable {
    /** Beyond the numbers that distributions, containers and directories hand out. */
    private static final long FIRST_USER = 2_030_000_000L;

    /** Inside a container whose users are mapped there may be 65,536 of them. */
    private static final long FIRST_SMALL_USER = 61_200;

    private static final int USERS = 4_000;
    private static final long PROBE_MILLIS = 10_000;
    private static final String HINT =
            "Start the server as root or allow user namespaces (util-linux's unshare, setpriv and prlimit are needed),"
                    + " or set SLUICE_SCRIPTS_UNCONFINED=true to run such scripts with the rights of the server itself.";

    private final boolean unconfinedAllowed;
    private final WayOut wayOut;
    private final List<Way> confining;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong users = new AtomicLong();
    private final Set<Child> children = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Probed probed;
    private volatile boolean closed;

    /**
     * @param way empty when none works
     * @param why what stood in the way of the stronger ones
     * @param folder what is made for children lies in it
     * @param root an empty folder in it
     */
    private record Probed(
            Optional<Way> way,
            String why,
            long firstUser,
            PrivateFolder folder,
            Path root,
            @Nullable Guard guard) {}

    /** @param unconfinedAllowed whether children may run with the server's own rights when they cannot be confined */
    public Confinement(boolean unconfinedAllowed) {
        this(unconfinedAllowed, WayOut.NONE);
    }

    /** @param wayOut for those whose network is {@link Network.Listed} */
    public Confinement(boolean unconfinedAllowed, WayOut wayOut) {
        this(unconfinedAllowed, wayOut, List.of(Way.OWN_USER, Way.USER_NAMESPACE));
    }

    /** @param confining the ways to try, the strongest first */
    Confinement(boolean unconfinedAllowed, WayOut wayOut, List<Way> confining) {
        this.unconfinedAllowed = unconfinedAllowed;
        this.wayOut = wayOut;
        this.confining = List.copyOf(confining);
    }

    /** Why nothing can be started, in words that say what to do; empty when children can be. */
    public Optional<String> refusal() {
        Probed known = probed();
        return known.way().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "This server cannot confine the programs that run such scripts (" + known.why() + "). " + HINT);
    }

    /** Whether children are kept from the server's files, network and processes. */
    public boolean confines() {
        return probed().way().filter(way -> way != Way.UNCONFINED).isPresent();
    }

    /**
     * Starts a child. It may end at once; what it said then tells why.
     *
     * @throws UncheckedIOException when no process can be made
     * @throws IllegalStateException after closing, or when there is a {@link #refusal}
     */
    public Child start(Command command) {
        Probed known = probed();
        Way way = known.way()
                .orElseThrow(() -> new IllegalStateException(refusal().orElse("")));
        return started(command, way, known);
    }

    private Child started(Command command, Way way, Probed known) {
        if (closed) {
            throw new IllegalStateException("the server is being stopped");
        }
        try {
            Child child = way == Way.UNCONFINED ? unconfined(command, known) : confined(command, way, known);
            if (closed) {
                child.kill();
            }
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.line().getFirst(), e);
        }
    }

    private Child unconfined(Command command, Probed known) throws IOException {
        Path folder = Files.createTempDirectory(known.folder().path(), "run-");
        List<String> line = Way.UNCONFINED.line(command, known.root(), 0, Optional.empty());
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.put("HOME", folder.toString());
        environment.put("TMPDIR", folder.toString());
        Process process = process(line, folder, environment);
        return child(process, Way.UNCONFINED, known, Optional.empty(), () -> PrivateFolder.remove(folder));
    }

    private Child confined(Command command, Way way, Probed known) throws IOException {
        // Two for each: one may be for what stands beside it.
        long turn = users.getAndAdd(2);
        long user = known.firstUser() + turn % USERS;
        if (command.network() instanceof Network.Listed listed) {
            Path socket = known.folder().path().resolve("out-" + turn);
            Optional<WayOut.Door> door = wayOut.open(socket, listed.hosts());
            if (door.isPresent()) {
                return ledOut(command, listed.forwarder().command(socket), door.get(), way, user, known);
            }
        }
        Process process =
                process(way.line(command, known.root(), user, Optional.empty()), Path.of("/"), command.environment());
        return child(process, way, known, Optional.empty(), () -> {});
    }

    private Child ledOut(Command command, Command beside, WayOut.Door door, Way way, long user, Probed known)
            throws IOException {
        try {
            Map<String, String> environment = new HashMap<>(command.environment());
            environment.putAll(Network.Listed.proxies());
            List<String> line = way.line(command, known.root(), user, Optional.of(beside));
            return child(process(line, Path.of("/"), environment), way, known, Optional.of(door), () -> {});
        } catch (IOException e) {
            door.close();
            throw e;
        }
    }

    private static Process process(List<String> line, Path folder, Map<String, String> all) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        environment.putAll(all);
        return builder.start();
    }

    private Child child(Process process, Way way, Probed known, Optional<WayOut.Door> door, Runnable after)
            throws IOException {
        Guard guard = known.guard();
        if (guard != null) {
            guard.began(process);
        }
        Child child = new Child(process, way.ownProcesses(), door, () -> {
            if (guard != null) {
                guard.ended(process);
            }
            after.run();
            children.removeIf(one -> one.pid() == process.pid());
        });
        children.add(child);
        if (!child.isAlive()) {
            children.remove(child);
        }
        return child;
    }

    private Probed probed() {
        Probed known = probed;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            known = probed;
            if (known == null) {
                known = probe();
                probed = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private Probed probe() {
        try {
            PrivateFolder folder = PrivateFolder.make("sluice-jail-");
            Path root = Files.createDirectory(folder.path().resolve("root"));
            Guard guard = Guard.start();
            List<String> why = new ArrayList<>();
            long firstUser = firstUser();
            boolean mayBeAnyone = isRoot();
            for (Way way : confining) {
                if (way == Way.OWN_USER && !mayBeAnyone) {
                    continue;
                }
                Probed candidate = new Probed(Optional.of(way), "", firstUser, folder, root, guard);
                Optional<String> failure = failure(way, candidate);
                if (failure.isEmpty()) {
                    return candidate;
                }
                why.add(failure.get());
            }
            Optional<Way> rest = unconfinedAllowed ? Optional.of(Way.UNCONFINED) : Optional.empty();
            return new Probed(rest, String.join("; ", why), firstUser, folder, root, guard);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare for child processes", e);
        }
    }

    /** Why that way does not work here. */
    private Optional<String> failure(Way way, Probed candidate) {
        Command nothing = Command.of(List.of("/bin/sh", "-c", ":"), List.of(), Map.of(), Quota.ofMemory(256L << 20));
        try (Child child = started(nothing, way, candidate)) {
            if (!child.awaitEnd(PROBE_MILLIS)) {
                return Optional.of("a trial took more than " + PROBE_MILLIS / 1000 + " s");
            }
            String said = child.said().lines().findFirst().orElse("a trial ended with status " + child.status());
            return child.status() == 0 ? Optional.empty() : Optional.of(said);
        } catch (UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isRoot() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
    }

    private static long firstUser() throws IOException {
        Path map = Path.of("/proc/self/uid_map");
        if (!Files.exists(map)) {
            return FIRST_SMALL_USER;
        }
        for (String line : Files.readAllLines(map)) {
            String[] range = line.strip().split("\\s+");
            if (Long.parseLong(range[0]) + Long.parseLong(range[2]) > FIRST_USER + USERS) {
                return FIRST_USER;
            }
        }
        return FIRST_SMALL_USER;
    }

    /** How many children are alive. */
    public int count() {
        return children.size();
    }

    @Override
    public void close() {
        closed = true;
        children.forEach(Child::kill);
        children.forEach(Child::close);
        Probed known = probed;
        if (known != null) {
            if (known.guard() != null) {
                known.guard().close();
            }
            known.folder().close();
        }
    }
}
