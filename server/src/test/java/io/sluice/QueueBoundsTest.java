package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Setting;
import io.sluice.observe.Observation;
import io.sluice.testing.Api;
import io.sluice.testing.Eventually;
import io.sluice.testing.TestServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queued scripts when there is no place: in the queue, and for those that are due. */
class QueueBoundsTest {
    @TempDir
    Path data;

    @Test
    void aFullQueueTakesNoMoreAndAJobThatFindsNoPlaceLosesNoTry() throws Exception {
        Map<Setting, String> settings =
                Map.of(Setting.SCRIPTS_QUEUE, "1", Setting.JOBS_MOST, "1", Setting.JOBS_FIRST_PAUSE_MS, "1");
        try (TestServer server = TestServer.start(data, settings);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                GatedScript busy = GatedScript.start(server.admin())) {
            Api admin = server.admin();
            GatedScript.service(admin, "later", "nodejs", Map.of("content", "return 1;", "queued", true));
            Future<Api.Answer> held = threads.submit(() -> admin.get("busy"));
            busy.awaitRun();
            admin.post("later", "{}").expect(202);
            Api.Answer full = admin.post("later", "{}").expect(503);
            assertThat(full.text("/error/context/reason")).isEqualTo("script_queue_full");
            assertThat(full.text("/error/message")).contains("raise jobs.most");
            assertThat(full.raw().headers().firstValue("Retry-After")).contains("10");
            int tries = 5;
            Eventually.is(
                    "postponed more often than there are tries",
                    () -> server.observed().of(Observation.JobPostponed.class).size() > tries);
            busy.open();
            held.get().ok();
            Eventually.is(
                    "run", () -> !server.observed().of(Observation.JobRan.class).isEmpty());
            assertThat(server.observed().of(Observation.JobRan.class).getFirst().tries())
                    .isEqualTo(1);
            assertThat(server.observed().of(Observation.JobFailed.class)).isEmpty();
            admin.post("later", "{}").expect(202);
        }
    }
}
