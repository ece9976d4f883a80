package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.api.Verb;
import io.sluice.testing.DatabaseServer;
import io.sluice.testing.MariaServer;
import io.sluice.testing.PostgresServer;
import io.sluice.testing.SqliteFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns come and go while records are read and written: every answer is right for the table with them or without. */
class F47_SchemaChangesUnderLoadTest {
    private static final int CHANGES = 30;
    private static final Set<String> WITHOUT = Set.of("id", "body");
    private static final Set<String> WITH = Set.of("id", "body", "extra");

    @TempDir
    Path folder;

    @Test
    void onPostgres() throws Exception {
        underLoad(PostgresServer.get(), true);
    }

    @Test
    void onMaria() throws Exception {
        underLoad(MariaServer.get(), true);
    }

    /** The database is one file with one writer: changes of its tables are made through the same service. */
    @Test
    void onSqlite() throws Exception {
        underLoad(new SqliteFolder(folder), false);
    }

    private void underLoad(DatabaseServer server, boolean behindItsBack) throws Exception {
        Map<String, Object> config = server.newDatabase();
        server.run(config, SampleTables.script(server.type()));
        server.run(config, "INSERT INTO note (body) VALUES ('first')");
        AtomicBoolean over = new AtomicBoolean();
        try (SqlApi api = SqlApi.over(server, config, folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                callers.add(threads.submit(() -> repeat(over, () -> read(api))));
                callers.add(threads.submit(() -> repeat(over, () -> readById(api))));
                callers.add(threads.submit(() -> repeat(over, () -> write(api))));
            }
            try {
                for (int i = 0; i < CHANGES; i++) {
                    change(server, config, api, behindItsBack && i % 2 == 0);
                }
            } finally {
                over.set(true);
            }
            for (Future<Integer> caller : callers) {
                assertThat(caller.get()).isPositive();
            }
            assertThat(api.service().database().pool().active()).isZero();
            assertThat(api.get("_schema/note/_field?as_list=true").toString()).doesNotContain("extra");
        }
    }

    private static void change(DatabaseServer server, Map<String, Object> config, SqlApi api, boolean behindItsBack) {
        if (behindItsBack) {
            server.run(config, "ALTER TABLE note ADD COLUMN extra integer");
            server.run(config, "ALTER TABLE note DROP COLUMN extra");
        } else {
            api.load(Verb.POST, "_schema/note/_field", "[{`name`:`extra`,`type`:`integer`,`allow_null`:true}]");
            api.load(Verb.DELETE, "_schema/note/_field/extra", null);
        }
    }

    private interface Call {
        void run();
    }

    /** How often it ran; once at least. */
    private static int repeat(AtomicBoolean over, Call call) {
        int times = 0;
        do {
            call.run();
            times++;
        } while (!over.get());
        return times;
    }

    private static void read(SqlApi api) {
        Map<?, ?> answer = (Map<?, ?>) api.load(Verb.GET, "_table/note?limit=5", null);
        List<?> records = (List<?>) answer.get("resource");
        assertThat(records).isNotEmpty();
        Set<Object> shapes = new HashSet<>();
        records.forEach(record -> shapes.add(Set.copyOf(((Map<?, ?>) record).keySet())));
        assertThat(shapes).hasSize(1);
        assertThat(shapes.iterator().next()).isIn(WITH, WITHOUT);
    }

    private static void readById(SqlApi api) {
        Map<?, ?> record = (Map<?, ?>) api.load(Verb.GET, "_table/note/1", null);
        assertThat(record.get("body")).isEqualTo("first");
        assertThat((Object) record.keySet()).isIn(WITH, WITHOUT);
    }

    /** A field that is unknown just now is dropped silently, so the write is right either way. */
    private static void write(SqlApi api) {
        try {
            Map<?, ?> made = (Map<?, ?>) api.load(Verb.POST, "_table/note?fields=id,body", "[{`body`:`x`,`extra`:7}]");
            assertThat(((Map<?, ?>) ((List<?>) made.get("resource")).getFirst()).get("body"))
                    .isEqualTo("x");
        } catch (ApiException e) {
            throw new AssertionError(e.error().toString(), e);
        }
    }
}
