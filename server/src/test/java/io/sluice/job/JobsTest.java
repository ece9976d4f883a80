package io.sluice.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.observe.Observation;
import io.sluice.store.Secrets;
import io.sluice.store.Store;
import io.sluice.testing.Eventually;
import io.sluice.testing.Observed;
import io.sluice.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue on a real system database, with handlers of the test's own. */
class JobsTest {
    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-01T10:00:00Z"));
    private final Secrets secrets = new Secrets("a secret of this test");
    private final Observed observed = new Observed();
    private final JobSettings settings =
            new JobSettings(clock, 2, 3, 1000, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMillis(50));
    private final List<JobHandler.Try> tried = new CopyOnWriteArrayList<>();
    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(folder.resolve("system.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Jobs jobs() {
        return new Jobs(store, secrets, observed, settings);
    }

    private JobHandler handler(Function<JobHandler.Try, JobHandler.Outcome> work) {
        return new JobHandler() {
            @Override
            public String kind() {
                return "test";
            }

            @Override
            public Outcome run(Try job) {
                tried.add(job);
                return work.apply(job);
            }
        };
    }

    private static JobHandler.Outcome done(JobHandler.Try job) {
        return new JobHandler.Outcome.Done("ok");
    }

    private static NewJob job(String payload) {
        return new NewJob("test", "name of " + payload, "default", Duration.ZERO, payload);
    }

    private List<Job> all(Jobs jobs) {
        return store.read(jobs::all);
    }

    @Test
    void whatWasQueuedBeforeTheStartIsDoneAfterIt() {
        try (Jobs before = jobs()) {
            before.add(job("a"));
        }
        try (Jobs jobs = jobs()) {
            jobs.start(List.of(handler(JobsTest::done)));
            Eventually.is("done", () -> all(jobs).isEmpty());
            assertThat(tried).extracting(JobHandler.Try::payload).containsExactly("a");
        }
    }

    @Test
    void whatAStopCutsOffIsDoneAfterTheNextStartAndTheTryDoesNotCount() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        try (Jobs jobs = jobs()) {
            jobs.start(List.of(handler(job -> {
                running.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("cut off", e);
                }
                return done(job);
            })));
            jobs.add(job("a"));
            running.await();
        }
        assertThat(all(jobs())).singleElement().satisfies(job -> {
            assertThat(job.state()).isEqualTo(JobState.WAITING);
            assertThat(job.tries()).isZero();
        });
        try (Jobs jobs = jobs()) {
            jobs.start(List.of(handler(JobsTest::done)));
            Eventually.is("done", () -> all(jobs).isEmpty());
        }
        assertThat(tried).extracting(JobHandler.Try::number).containsExactly(1, 1);
        assertThat(tried)
                .extracting(JobHandler.Try::id)
                .containsOnly(tried.getFirst().id());
    }

    @Test
    void aJobThatTakesTheProcessWithItEachTimeIsGivenUp() {
        try (Jobs jobs = jobs()) {
            long id = jobs.add(job("a")).orElseThrow();
            for (int i = 0; i < 3; i++) {
                store.write(tx -> JobRecords.begin(tx, id, clock.instant()));
            }
            jobs.start(List.of(handler(JobsTest::done)));
            Eventually.is("dead", () -> all(jobs).getFirst().state() == JobState.DEAD_LETTER);
            assertThat(all(jobs).getFirst().lastError().orElseThrow()).contains("server ended while it ran");
            assertThat(tried).isEmpty();
        }
    }

    @Test
    void anExceptionOfAHandlerIsAFailureThatTellsNothing() {
        try (Jobs jobs = jobs()) {
            jobs.start(List.of(handler(job -> {
                throw new IllegalStateException("inside");
            })));
            jobs.add(job("a"));
            Eventually.is("failed", () -> all(jobs).getFirst().state() == JobState.FAILED);
            assertThat(all(jobs).getFirst().lastError()).contains("An internal error: see the log.");
            assertThat(observed.of(Observation.JobBroken.class).getFirst().cause())
                    .hasMessage("inside");
        }
    }

    @Test
    void aJobOfAnUnknownKindIsADeadLetterAtOnce() {
        try (Jobs jobs = jobs()) {
            jobs.start(List.of());
            jobs.add(job("a"));
            Eventually.is("dead", () -> all(jobs).getFirst().state() == JobState.DEAD_LETTER);
        }
    }

    @Test
    void aJobThatFailedCanBeRetriedAtOnceAndKeepsItsCount() {
        try (Jobs jobs = jobs()) {
            jobs.start(
                    List.of(handler(job -> job.number() == 1 ? new JobHandler.Outcome.Failed("not yet") : done(job))));
            long id = jobs.add(job("a")).orElseThrow();
            Eventually.is("failed", () -> all(jobs).getFirst().state() == JobState.FAILED);
            assertThat(jobs.retry(id)).isInstanceOf(Jobs.Change.Made.class);
            Eventually.is("done", () -> all(jobs).isEmpty());
            assertThat(tried).extracting(JobHandler.Try::number).containsExactly(1, 2);
        }
    }

    @Test
    void pausesGrowUpToTheLongest() {
        assertThat(List.of(1, 2, 3, 4, 5, 90))
                .extracting(failed -> settings.pauseAfter(failed).toSeconds())
                .containsExactly(1L, 6L, 36L, 216L, 300L, 300L);
    }

    @Test
    void writesOfOthersGoOnWhileManyJobsRun() {
        try (Jobs jobs = jobs()) {
            jobs.start(List.of(handler(JobsTest::done)));
            for (int i = 0; i < 500; i++) {
                jobs.add(job("a" + i));
                store.write(tx -> tx.update("update role set name = name"));
            }
            Eventually.is("done", () -> all(jobs).isEmpty());
            assertThat(tried).hasSize(500);
        }
    }

    @Test
    void moreThanMayWaitAreNotTaken() {
        try (Jobs jobs = new Jobs(store, secrets, observed, few())) {
            long first = jobs.add(job("a")).orElseThrow();
            assertThat(jobs.add(job("b"))).isPresent();
            assertThat(jobs.add(job("c"))).isEmpty();
            assertThat(all(jobs)).hasSize(2);
            store.write(tx -> jobs.delete(tx, first));
            assertThat(jobs.add(job("c"))).isPresent();
            jobs.start(List.of(handler(job -> new JobHandler.Outcome.Refused("never"))));
            Eventually.is("dead", () -> all(jobs).stream().allMatch(job -> job.state() == JobState.DEAD_LETTER));
            assertThat(jobs.add(job("d"))).as("dead letters do not wait").isPresent();
        }
    }

    /** Two may wait. */
    private JobSettings few() {
        return new JobSettings(clock, 2, 3, 2, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMillis(50));
    }

    @Test
    void aDeadLetterCannotWaitAgainWhileTooManyWait() {
        try (Jobs jobs = new Jobs(store, secrets, observed, few())) {
            jobs.start(List.of(handler(job -> "name of a".equals(job.name())
                    ? new JobHandler.Outcome.Refused("never")
                    : new JobHandler.Outcome.Failed("not yet"))));
            long dead = jobs.add(job("a")).orElseThrow();
            Eventually.is("dead", () -> all(jobs).getFirst().state() == JobState.DEAD_LETTER);
            jobs.add(job("b"));
            jobs.add(job("c"));
            assertThat(jobs.retry(dead)).isInstanceOf(Jobs.Change.Full.class);
        }
    }

    @Test
    void onlyTheNewestDeadLettersAreKept() {
        try (Jobs jobs = new Jobs(store, secrets, observed, few())) {
            jobs.start(List.of(handler(job -> new JobHandler.Outcome.Refused("never"))));
            for (String name : List.of("a", "b", "c")) {
                jobs.add(job(name));
                Eventually.is("dead", () -> all(jobs).stream().allMatch(job -> job.state() == JobState.DEAD_LETTER));
            }
            assertThat(all(jobs)).extracting(Job::name).containsExactly("name of b", "name of c");
            assertThat(observed.of(Observation.JobsForgotten.class))
                    .containsExactly(new Observation.JobsForgotten(1, 2));
        }
    }

    @Test
    void whatFindsNoPlaceIsPostponedAndNoTryIsCounted() {
        try (Jobs jobs = jobs()) {
            jobs.start(List.of(handler(
                    job -> tried.size() <= 5 ? new JobHandler.Outcome.Postponed("all places are taken") : done(job))));
            jobs.add(job("a"));
            for (int i = 1; i <= 5; i++) {
                int times = i;
                Eventually.is(
                        "postponed",
                        () -> observed.of(Observation.JobPostponed.class).size() == times);
                Job waiting = all(jobs).getFirst();
                assertThat(waiting.state()).isEqualTo(JobState.WAITING);
                assertThat(waiting.tries()).isZero();
                assertThat(waiting.nextAt()).contains(clock.instant().plusSeconds(1));
                clock.advance(Duration.ofSeconds(1));
            }
            Eventually.is("done", () -> all(jobs).isEmpty());
            assertThat(tried).extracting(JobHandler.Try::number).containsOnly(1);
        }
    }
}
