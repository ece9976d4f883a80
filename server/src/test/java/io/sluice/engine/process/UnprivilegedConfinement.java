package io.sluice.engine.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Started by {@code WithoutRootTest} as an ordinary user, perhaps with a second word for a way out: says how it can confine, and what a confined program sees. */
final class UnprivilegedConfinement {
    /** Listens to nobody: what one passes on is seen elsewhere. */
    static final Forwarder FORWARDER =
            new Forwarder(List.of("/bin/sh", "-c", "echo open; exec sleep 1000", "forwarder"), List.of());

    private UnprivilegedConfinement() {}

    private static Optional<WayOut.Door> opened(Path socket, List<String> hosts) {
        return Optional.of(new WayOut.Door() {
            @Override
            public void open() {}

            @Override
            public void shut() {}

            @Override
            public void close() {}
        });
    }

    public static void main(String[] arguments) throws Exception {
        try (Confinement confinement = new Confinement(false, UnprivilegedConfinement::opened)) {
            if (confinement.refusal().isPresent()) {
                System.out.println("refused: " + confinement.refusal().get());
                return;
            }
            List<String> line = List.of("/bin/sh", "-c", arguments[0]);
            Network network = arguments.length > 1
                    ? new Network.Listed(List.of("api.example.com"), FORWARDER)
                    : new Network.None();
            Quota quota = Quota.ofMemory(512L << 20);
            Command command = new Command(line, List.of(), List.of(), Map.of(), quota, network);
            try (Child child = confinement.start(command)) {
                System.out.println(new String(child.out().readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }
}
