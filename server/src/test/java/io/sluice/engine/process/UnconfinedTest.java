package io.sluice.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where nothing can be confined: refused, unless the administrator says otherwise. */
class UnconfinedTest {
    private static Command shell(String text) {
        return Command.of(List.of("/bin/sh", "-c", text), List.of(), Map.of(), Quota.ofMemory(2L << 30));
    }

    @Test
    void isRefusedWithWordsThatSayWhatToDo() {
        try (Confinement confinement = new Confinement(false, WayOut.NONE, List.of())) {
            assertThat(confinement.refusal())
                    .hasValueSatisfying(
                            words -> assertThat(words).contains("cannot confine", "SLUICE_SCRIPTS_UNCONFINED=true"));
        }
    }

    @Test
    void runsInAFolderOfItsOwnThatIsRemoved() throws IOException {
        try (Confinement confinement = new Confinement(true, WayOut.NONE, List.of())) {
            assertThat(confinement.refusal()).isEmpty();
            assertThat(confinement.confines()).isFalse();
            Path folder;
            try (Child child = confinement.start(shell("pwd; echo x >y; echo $TMPDIR"))) {
                List<String> said = new String(child.out().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
                assertThat(said).hasSize(2);
                assertThat(said.get(0)).isEqualTo(said.get(1));
                folder = Path.of(said.get(0));
            }
            Eventually.is("the folder is gone", () -> !folder.toFile().exists());
        }
    }

    @Test
    void takesWhatItStartedWithItWhenItIsKilled() {
        try (Confinement confinement = new Confinement(true, WayOut.NONE, List.of())) {
            Child child = confinement.start(shell("sleep 1000 & sleep 1000"));
            ProcessHandle process = ProcessHandle.of(child.pid()).orElseThrow();
            Eventually.is("all have started", () -> process.descendants().count() >= 2);
            List<ProcessHandle> below = process.descendants().toList();
            child.close();
            Eventually.is("all have ended", () -> below.stream().noneMatch(ProcessHandle::isAlive));
        }
    }
}
