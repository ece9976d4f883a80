package io.sluice.engine.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways to start a child, the strongest first. */
enum Way {
    /** The server is root: a user of its own for each child, in namespaces. */
    OWN_USER(List.of(), "root"),

    /** The server is not: namespaces inside a user namespace. The child has the server's user, but sees none of its files. */
    USER_NAMESPACE(List.of("--user", "--map-root-user"), "user"),

    /** Under the server's user, with its files and its network. Only when the administrator says so. */
    UNCONFINED(List.of(), "");

    private static final String JAIL = text("jail.sh");
    private static final String WAY_OUT = text("way-out.sh");

    /** A signal to the terminal's group must not end workers before the calls that they serve have ended. */
    private static final String QUIETLY = "trap '' INT HUP; exec \"$@\"";

    private static final String LIMITED =
            "ulimit -c 0; ulimit -n \"$1\"; [ \"$2\" = 0 ] || ulimit -v \"$2\" 2>/dev/null;"
                    + " shift 2; trap '' INT HUP; exec \"$@\"";

    private final List<String> namespaces;
    private final String mode;

    Way(List<String> namespaces, String mode) {
        this.namespaces = namespaces;
        this.mode = mode;
    }

    /** Whether a child sees only processes that it started, and its end ends them all. */
    boolean ownProcesses() {
        return this != UNCONFINED;
    }

    /**
     * @param user a number that only this child has; the next one as well
     * @param forwarder what stands beside it and leads out of its network
     */
    List<String> line(Command command, Path root, long user, Optional<Command> forwarder) {
        return switch (this) {
            case OWN_USER -> confined(command, root, user, user + 1, forwarder);
            case USER_NAMESPACE -> confined(command, root, 0, 0, forwarder);
            case UNCONFINED -> limited(command);
        };
    }

    private List<String> confined(Command command, Path root, long user, long other, Optional<Command> forwarder) {
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", QUIETLY, "sh", "unshare"));
        line.addAll(namespaces);
        if (!(command.network() instanceof Network.OfServer)) {
            line.add("--net");
        }
        if (forwarder.isPresent()) {
            List<String> beside = jailed(forwarder.get(), root, other);
            line.addAll(List.of("--mount", "--pid", "--fork", "--kill-child", "sh", "-c", WAY_OUT, "way-out"));
            line.addAll(List.of(root.toString(), Integer.toString(beside.size() + 1), "unshare"));
            line.addAll(beside);
            line.add("unshare");
        }
        line.addAll(jailed(command, root, user));
        return line;
    }

    /** As arguments of {@code unshare}. */
    private List<String> jailed(Command command, Path root, long user) {
        List<String> line = new ArrayList<>(List.of("--mount", "--ipc", "--uts", "--pid", "--fork", "--kill-child"));
        Quota quota = command.quota();
        line.addAll(List.of("sh", "-c", JAIL, "jail", root.toString(), Long.toString(user)));
        line.addAll(List.of(Long.toString(quota.scratchBytes() >> 10), mode));
        command.shown().forEach(path -> line.addAll(List.of("-r", path.toString())));
        command.writable().forEach(path -> line.addAll(List.of("-w", path.toString())));
        if (quota.addressBytes() > 0) {
            line.add("--as=" + quota.addressBytes());
        }
        line.addAll(List.of("--nproc=" + quota.processes(), "--nofile=" + quota.files(), "--core=0"));
        line.addAll(List.of("--msgqueue=0", "--fsize=" + quota.scratchBytes(), "--"));
        line.addAll(command.line());
        return line;
    }

    private static List<String> limited(Command command) {
        Quota quota = command.quota();
        List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", LIMITED, "sh"));
        line.addAll(List.of(Integer.toString(quota.files()), Long.toString(quota.addressBytes() >> 10)));
        line.addAll(command.line());
        return line;
    }

    private static String text(String resource) {
        try (InputStream in = Way.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
