package io.sluice;

import static io.sluice.testing.Api.encode;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that a script is linked to becomes something that is no script: the last good version runs on, and the record says why. */
class F16_ScriptsInFilesTest {
    private static final String SCRIPT = "db._table.contact.get.post_process";

    @TempDir
    Path data;

    @Test
    void whatIsNoScriptIsRefusedAndTheLastGoodVersionRunsOn() throws Exception {
        try (TestServer server = TestServer.start(data)) {
            SqliteSample.serve(server, data, 5);
            Api admin = server.admin();
            Api text = admin.with("Content-Type", "text/plain");
            text.post("files/check.js", "event.response.content = {v: 1};").expect(201);
            long files = admin.get("system/service?fields=id&filter=" + encode("name='files'"))
                    .ok()
                    .number("/resource/0/id");
            admin.post(
                            "system/event_script/" + SCRIPT,
                            Map.of(
                                    "name",
                                    SCRIPT,
                                    "type",
                                    "nodejs",
                                    "is_active",
                                    true,
                                    "allow_event_modification",
                                    true,
                                    "content",
                                    "",
                                    "timeout_ms",
                                    300_000,
                                    "storage_service_id",
                                    files,
                                    "storage_path",
                                    "check.js"))
                    .ok();
            assertThat(admin.get("db/_table/contact").ok().body()).isEqualTo("{\"v\":1}");
            for (String wrong : new String[] {
                "",
                "event.response.content = {v: ",
                "<!DOCTYPE html><html><body>Please log in</body></html>",
                "{\"message\": \"Not Found\", \"status\": \"404\"}"
            }) {
                text.put("files/check.js", wrong).expect(201);
                admin.delete("system/cache/_event/" + SCRIPT).ok();
                assertThat(admin.get("db/_table/contact").ok().body()).as(wrong).isEqualTo("{\"v\":1}");
                Api.Answer state =
                        admin.get("system/script/" + encode("event:" + SCRIPT)).ok();
                assertThat(state.text("/state")).as(wrong).isEqualTo("refused");
                assertThat(state.text("/last_error")).as(wrong).isNotBlank();
            }
            text.put("files/check.js", "event.response.content = {v: 2};").expect(201);
            admin.delete("system/cache/_event/" + SCRIPT).ok();
            assertThat(admin.get("db/_table/contact").ok().body()).isEqualTo("{\"v\":2}");
        }
    }
}
