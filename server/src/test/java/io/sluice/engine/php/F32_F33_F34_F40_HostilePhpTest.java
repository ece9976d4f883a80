package io.sluice.engine.php;

import static io.sluice.engine.php.Phps.completed;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Limit;
import io.sluice.engine.Run.Outcome;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** F32, F33, F34, F36 and F40 for PHP: each script ends by its limit, and others go on meanwhile and after. */
class F32_F33_F34_F40_HostilePhpTest {
    private static final long TIMEOUT_MILLIS = 700;

    /** Far beyond the limit, for slow machines; how soon after its limit a script ends is measured in bench/. */
    private static final long SLACK_MILLIS = 15_000;

    private static final Queue<Run> WRONG = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger RIGHT = new AtomicInteger();
    private static volatile boolean over;
    private static Thread other;
    private static Program peaceful;

    /** Somebody else's script, run all the time. */
    @BeforeAll
    static void others() {
        Phps php = new Phps();
        peaceful = php.program("return array_sum([40, 2]);");
        other = Thread.ofVirtual().start(() -> {
            while (!over) {
                Run run = new Phps().run(peaceful);
                if (run.outcome().equals(new Outcome.Completed(true, 42))) {
                    RIGHT.incrementAndGet();
                } else {
                    WRONG.add(run);
                }
            }
        });
    }

    @AfterAll
    static void othersWereServed() throws InterruptedException {
        over = true;
        if (other != null) {
            other.join();
            peaceful.close();
            assertThat(WRONG).isEmpty();
            assertThat(RIGHT.get()).isPositive();
        }
    }

    static List<HostilePhp> corpus() {
        return HostilePhp.all();
    }

    @Test
    void theCorpusIsLargeEnough() {
        assertThat(corpus()).hasSizeGreaterThanOrEqualTo(60);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    void endsByItsLimit(HostilePhp hostile) {
        Phps php = new Phps();
        php.timeoutMillis = hostile.end() == HostilePhp.End.TIME ? TIMEOUT_MILLIS : SLACK_MILLIS / 3;
        php.memoryBytes = 32 * Phps.MB;
        php.calls = request -> Phps.answer(200, null);
        Program program = php.program(hostile.text());

        Run run = php.run(program);

        right(hostile, run);
        assertThat(run.took().toMillis()).isLessThan(php.timeoutMillis + SLACK_MILLIS);
        program.close();
        assertThat(completed(new Phps().run(peaceful)).value()).isEqualTo(42);
    }

    private static void right(HostilePhp hostile, Run run) {
        Outcome outcome = run.outcome();
        switch (hostile.end()) {
            case TIME -> assertThat(limit(run)).as("%s", run).isEqualTo(Limit.TIME);
            case MEMORY -> assertThat(limit(run)).as("%s", run).isEqualTo(Limit.MEMORY);
            case OUTPUT -> assertThat(limit(run)).as("%s", run).isEqualTo(Limit.OUTPUT);
            case STOPPED -> assertThat(outcome).as("%s", run).isInstanceOf(Outcome.Stopped.class);
            case THREW -> assertThat(outcome).as("%s", run).isInstanceOf(Outcome.Threw.class);
            case DENIED -> assertThat(outcome).as("%s", run).isEqualTo(new Outcome.Completed(true, "denied"));
            case ENDS ->
                assertThat(run.console().stream()
                                .mapToInt(line -> line.text().length())
                                .sum())
                        .as("what is kept of the console")
                        .isLessThan(100_000);
        }
    }

    private static Limit limit(Run run) {
        return Phps.stopped(run).limit();
    }
}
