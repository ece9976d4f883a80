package io.sluice.engine.process;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Started by {@code WithoutRootTest} as an ordinary user: says how it can confine, and what a confined program sees. */
final class UnprivilegedConfinement {
    private UnprivilegedConfinement() {}

    public static void main(String[] arguments) throws Exception {
        try (Confinement confinement = new Confinement(false)) {
            if (confinement.refusal().isPresent()) {
                System.out.println("refused: " + confinement.refusal().get());
                return;
            }
            List<String> line = List.of("/bin/sh", "-c", arguments[0]);
            Command command = Command.of(line, List.of(), Map.of(), Quota.ofMemory(512L << 20));
            try (Child child = confinement.start(command)) {
                System.out.println(new String(child.out().readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }
}
