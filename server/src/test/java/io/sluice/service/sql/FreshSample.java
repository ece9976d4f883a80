package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.DatabaseServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The sample tables, fresh for each test, and a service over them. */
abstract class FreshSample {
    private static final Map<Class<?>, Map<String, Object>> DATABASES = new ConcurrentHashMap<>();

    @TempDir
    Path folder;

    DatabaseServer server;
    Map<String, Object> config;
    SqlApi api;

    abstract DatabaseServer server(Path root);

    @BeforeEach
    void open() {
        server = server(folder);
        config = DATABASES.computeIfAbsent(getClass(), each -> server.newDatabase());
        server.empty(config);
        server.run(config, SampleTables.script(server.type()));
        api = SqlApi.over(server, config, folder);
    }

    @AfterEach
    void close() {
        if (api != null) {
            assertThat(api.service().database().pool().active()).isZero();
            api.close();
        }
    }

    boolean on(String type) {
        return server.type().equals(type);
    }

    static void is(Object actual, String json) {
        assertThat(actual).isEqualTo(SqlApi.json(json));
    }

    /** One entry of a list under {@code resource}, {@code field} or {@code related}. */
    static Map<?, ?> named(Object answer, String list, String name) {
        return ((List<?>) ((Map<?, ?>) answer).get(list))
                .stream()
                        .map(each -> (Map<?, ?>) each)
                        .filter(each -> name.equals(each.get("name")))
                        .findFirst()
                        .orElseThrow();
    }

    Map<?, ?> field(String table, String name) {
        return (Map<?, ?>) api.get("_schema/" + table + "/_field/" + name);
    }
}
