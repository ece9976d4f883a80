package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Setting;
import io.sluice.testing.Api;
import io.sluice.testing.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** F43: far more calls than script threads. */
class F43_ManyCallsFewThreadsTest {
    private static final int QUEUE = 20;
    private static final int CALLS = 200;

    @TempDir
    Path data;

    @Test
    void beyondTheBoundCallsAreRefusedAtOnceAndOtherEndpointsGoOn() throws Exception {
        CountDownLatch refused = new CountDownLatch(CALLS - QUEUE);
        try (TestServer server = TestServer.start(
                        data, Map.of(Setting.SCRIPTS_SLOTS, "2", Setting.SCRIPTS_QUEUE, String.valueOf(QUEUE)));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                GatedScript busy = GatedScript.start(server.admin())) {
            Api admin = server.admin();
            List<Future<Api.Answer>> calls = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                calls.add(threads.submit(() -> {
                    Api.Answer answer = admin.get("busy");
                    if (answer.status() == 503) {
                        refused.countDown();
                    }
                    return answer;
                }));
            }
            refused.await(); // while no script has ended
            admin.get("files").ok();
            admin.get("system/service?limit=1").ok();
            busy.open();
            int done = 0;
            for (Future<Api.Answer> call : calls) {
                Api.Answer answer = call.get();
                if (answer.status() == 503) {
                    assertThat(answer.text("/error/context/reason")).isEqualTo("script_busy");
                    assertThat(answer.raw().headers().firstValue("Retry-After")).contains("1");
                } else {
                    assertThat(answer.ok().body()).isEqualTo("204");
                    done++;
                }
            }
            assertThat(done).isEqualTo(QUEUE);
            assertThat(admin.get("busy").ok().body()).isEqualTo("204");
        }
    }

    /** What is refused is refused before its work: a caller who tries again does nothing twice. */
    @Test
    void aCallWhosePostScriptWouldNotRunInTimeIsRefusedBeforeItsWork() throws Exception {
        try (TestServer server = TestServer.start(data, Map.of(Setting.SCRIPTS_QUEUE, "1"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                GatedScript busy = GatedScript.start(server.admin())) {
            Api admin = server.admin();
            String post = "files.{file_path}.post.post_process";
            admin.post(
                            "system/event_script/" + Api.encode(post),
                            Map.of("name", post, "type", "nodejs", "is_active", true, "content", "1"))
                    .ok();
            Future<Api.Answer> held = threads.submit(() -> admin.get("busy"));
            busy.awaitRun();
            Api refused = admin.with("Content-Type", "text/plain");
            assertThat(refused.post("files/never.txt", "text").expect(503).text("/error/context/reason"))
                    .isEqualTo("script_busy");
            admin.get("files/never.txt").expect(404);
            Api.Answer dry = admin.post(
                    "system/script/" + Api.encode("event:" + post) + "/run", Map.of("content", "1", "type", "nodejs"));
            assertThat(dry.expect(503).text("/error/context/reason"))
                    .as("a dry run is a run")
                    .isEqualTo("script_busy");
            busy.open();
            held.get().ok();
            refused.post("files/now.txt", "text").ok();
        }
    }
}
