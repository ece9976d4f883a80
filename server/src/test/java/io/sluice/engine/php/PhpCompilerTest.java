package io.sluice.engine.php;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.engine.Compilation;
import io.sluice.engine.SourceSet;
import io.sluice.engine.process.Confinement;
import io.sluice.engine.process.WorkerPool;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is short at the moment says nothing about the text. */
class PhpCompilerTest {
    private static final SourceSet TEXT = new SourceSet("a.php", "php", "return 1;", Map.of());

    @Test
    void aTextForWhichNoWorkerIsFreeIsPutOffAndNotRefused() {
        PhpSettings settings = PhpSettings.defaults().withCliOnly().withWorkers(1, 1);
        Optional<Php> php = Php.find(settings);
        try (Confinement confinement = new Confinement(false)) {
            assumeTrue(php.isPresent() && confinement.refusal().isEmpty(), "PHP cannot run here");
            try (PhpRuntime runtime = new PhpRuntime(php.get(), confinement, settings)) {
                PhpBox box = PhpBox.fill(runtime.newFolder(), TEXT);
                WorkerPool<PhpWorker> other = runtime.pool(box, java.util.List.of());
                PhpWorker taken = other.take(System.nanoTime() + TimeUnit.MINUTES.toNanos(1), false)
                        .orElseThrow();
                assertThat(new PhpCompiler(runtime, 1).compile(TEXT))
                        .isInstanceOfSatisfying(
                                Compilation.NotNow.class,
                                later -> assertThat(later.message()).contains("no worker was free"));
                other.discard(taken);
                Compilation compilation = new PhpCompiler(runtime).compile(TEXT);
                assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
                ((Compilation.Compiled) compilation).program().close();
                other.close();
                box.close();
            }
        }
    }
}
