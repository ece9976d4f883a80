package io.sluice.engine.php;

import static io.sluice.engine.php.Phps.completed;
import static io.sluice.engine.php.Phps.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Limit;
import io.sluice.engine.process.Confinement;
import io.sluice.testing.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many run at the same time, runs within runs, and what is left in the end. */
class PhpLimitsTest {
    private Confinement confinement;
    private PhpEngine engine;
    private Phps php;

    @BeforeEach
    void start() {
        confinement = new Confinement(false);
        engine = new PhpEngine(confinement, PhpSettings.defaults().withWorkers(1, 3));
        php = new Phps(engine);
    }

    @AfterEach
    void stop() {
        engine.close();
        confinement.close();
    }

    /** Runs the text until it makes its first call, which is answered when the latch opens. */
    private CompletableFuture<Run> held(Program program, CountDownLatch reached, CountDownLatch latch) {
        Phps holder = new Phps(engine);
        holder.calls = request -> {
            reached.countDown();
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Phps.answer(200, 1);
        };
        return holder.start(program);
    }

    @Test
    void whatFindsNoWorkerBeforeItsDeadlineIsToldSo() throws Exception {
        Program program = php.program("return $platform['api']->get('x')['content'];");
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch latch = new CountDownLatch(1);
        CompletableFuture<Run> first = held(program, reached, latch);
        reached.await();
        php.timeoutMillis = 100;

        Run second = php.run(program);

        assertThat(stopped(second).limit()).isEqualTo(Limit.BUSY);
        latch.countDown();
        assertThat(completed(first.get()).value()).isEqualTo(1);
    }

    /** php-fpm closes a connection whose first request does not come within five seconds. */
    @Test
    void aWorkerThatWasStartedAheadServesWhenItHasWaitedLong() throws InterruptedException {
        Program program = php.program("while ($event['endless'] ?? false); return 'done';");
        php.event.put("endless", true);
        php.timeoutMillis = 300;
        assertThat(stopped(php.run(program)).limit()).isEqualTo(Limit.TIME);

        Thread.sleep(6_000);

        assertThat(completed(new Phps(engine).run(program)).value()).isEqualTo("done");
    }

    @Test
    void aRunWithinARunGetsAWorkerMoreAndNeverWaits() {
        Program inner = php.program("return getmypid();");
        Program outer = php.program("return [getmypid(), $platform['api']->get('x')['content']];");
        php.calls = request -> Phps.answer(200, completed(php.run(inner)).value());

        assertThat((List<?>) completed(php.run(outer)).value()).hasSize(2);
    }

    @Test
    void aScriptThatCallsItselfEndsWhenThereAreNoPlaces() {
        List<Limit> busy = new ArrayList<>();
        Program program = php.program("return $platform['api']->get('x')['content'];");
        php.calls = request -> {
            Run nested = php.run(program);
            if (nested.outcome() instanceof Run.Outcome.Stopped stopped) {
                busy.add(stopped.limit());
            }
            return Phps.answer(200, "over");
        };

        assertThat(completed(php.run(program)).value()).isEqualTo("over");
        assertThat(busy).containsExactly(Limit.BUSY);
    }

    @Test
    void anotherWorkerTakesTheNextRunWhenOneWasEnded() {
        Program program = php.program("if (isset($event['loop'])) while (true); return 1;");
        php.timeoutMillis = 300;
        php.event = new LinkedHashMap<>(Map.of("loop", true));

        assertThat(stopped(php.run(program)).limit()).isEqualTo(Limit.TIME);

        php.timeoutMillis = 60_000;
        php.event = new LinkedHashMap<>();
        assertThat(completed(php.run(program)).value()).isEqualTo(1);
    }

    @Test
    void nothingIsLeftAfterClosing() {
        Program program = php.program("return dirname(__DIR__);");
        Path folder = Path.of(String.valueOf(completed(php.run(program)).value()));
        assertThat(folder).exists();

        engine.close();

        assertThat(folder).doesNotExist();
        Eventually.is("all workers are gone", () -> confinement.count() == 0);
    }

    @Test
    void aProgramTakesItsFilesAndWorkersWithIt() {
        Program program = php.program("return __DIR__;");
        Path folder = Path.of(String.valueOf(completed(php.run(program)).value()));

        program.close();

        assertThat(folder).doesNotExist();
        Eventually.is("its worker is gone", () -> confinement.count() == 0);
    }

    @Test
    void whatAServerThatWasKilledLeftIsRemoved() throws Exception {
        Path left = Files.createTempDirectory("sluice-php-");
        Files.writeString(left.resolve("lock"), "");
        Files.createDirectories(left.resolve("script1/lib"));

        try (PhpEngine next = new PhpEngine(confinement, PhpSettings.defaults())) {
            completed(new Phps(next).run("return 1;"));
        }

        assertThat(left).doesNotExist();
    }

    @Test
    void virtualThreadsAreNotPinned(@TempDir Path folder) throws Exception {
        Program program = php.program("usleep(20000); return 1;");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold();
            recording.start();
            for (int i = 0; i < 20; i++) {
                completed(php.start(program).get());
            }
            recording.stop();
            recording.dump(folder.resolve("pinned.jfr"));
        }
        assertThat(RecordingFile.readAllEvents(folder.resolve("pinned.jfr")).stream()
                        .filter(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
                        .map(RecordedEvent::toString)
                        .filter(text -> text.contains("engine.php")))
                .isEmpty();
    }
}
