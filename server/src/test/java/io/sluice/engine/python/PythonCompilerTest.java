package io.sluice.engine.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.engine.Compilation;
import io.sluice.engine.SourceSet;
import io.sluice.engine.process.Confinement;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is short at the moment says nothing about the text. */
class PythonCompilerTest {
    private static final SourceSet TEXT = new SourceSet("a.py", "python3", "return 1", Map.of());

    @TempDir
    Path folder;

    @Test
    void aTextForWhichNoWorkerIsFreeIsPutOffAndNotRefused() {
        Optional<Python> python = Python.find(Optional.empty());
        try (Confinement confinement = new Confinement(false)) {
            assumeTrue(python.isPresent() && confinement.refusal().isEmpty(), "Python cannot run here");
            PythonSettings settings = PythonSettings.in(folder).withWorkers(1, 1);
            try (PythonRuntime runtime = new PythonRuntime(python.get(), confinement, settings)) {
                PythonWorker taken = runtime.compilers()
                        .take(System.nanoTime() + TimeUnit.MINUTES.toNanos(1), false)
                        .orElseThrow();
                assertThat(new PythonCompiler(runtime, 1).compile(TEXT))
                        .isInstanceOfSatisfying(
                                Compilation.NotNow.class,
                                later -> assertThat(later.message()).contains("no worker was free"));
                runtime.compilers().giveBack(taken);
                assertThat(new PythonCompiler(runtime).compile(TEXT)).isInstanceOf(Compilation.Compiled.class);
            }
        }
    }

    @Test
    void aWorkerThatDiedIsNoObjectionToTheText() {
        Optional<Python> python = Python.find(Optional.empty());
        try (Confinement confinement = new Confinement(false)) {
            assumeTrue(python.isPresent() && confinement.refusal().isEmpty(), "Python cannot run here");
            try (PythonRuntime runtime = new PythonRuntime(python.get(), confinement, PythonSettings.in(folder))) {
                PythonWorker idle = runtime.compilers()
                        .take(System.nanoTime() + TimeUnit.MINUTES.toNanos(1), false)
                        .orElseThrow();
                runtime.compilers().giveBack(idle);
                idle.child().kill();
                assertThat(new PythonCompiler(runtime).compile(TEXT)).isInstanceOf(Compilation.Compiled.class);
            }
        }
    }
}
