package io.sluice.service.system;

import static io.sluice.testing.Installation.map;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.api.Verb;
import io.sluice.service.ServiceDefinition;
import io.sluice.store.Tx;
import io.sluice.testing.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An installation over a real system database for each test of the admin API: rest-api.md 1.4, 1.10 to 1.12, 5.1 and 5.2. */
abstract class FreshInstallation {
    static final String BATCH = "Batch Error: Not all requested records could be ";
    final List<String> told = new ArrayList<>();

    @TempDir
    Path folder;

    Installation at;

    @BeforeEach
    void start() {
        at = open();
        at.started();
    }

    Installation open() {
        return new Installation(folder, "a secret of this test", new ServiceChanges() {
            @Override
            public void saved(Tx tx, ServiceDefinition definition, Caller caller) {
                told.add(
                        "saved " + definition.name() + " " + definition.config().get("password"));
            }

            @Override
            public void renaming(Tx tx, long id, String from, String to) {
                told.add("renaming " + from + " " + to);
            }

            @Override
            public void deleting(Tx tx, long id, String name) {
                if (name.equals("linked")) {
                    throw ApiException.conflict("Scripts are linked to it.");
                }
                told.add("deleting " + name);
            }
        });
    }

    @AfterEach
    void stop() {
        at.close();
    }

    List<?> list(String path) {
        return (List<?>) at.admin(Verb.GET, path, null).get("resource");
    }

    static Map<String, Object> records(Object... records) {
        return Map.of("resource", List.of(records));
    }

    static Map<?, ?> context(ApiError error) {
        return (Map<?, ?>) error.context();
    }

    static Map<?, ?> entry(ApiError error, int index) {
        return (Map<?, ?>) ((List<?>) context(error).get("resource")).get(index);
    }

    long service(String name, Object... config) {
        return at.create("service", map("name", name, "type", "sample_type", "config", map(config)));
    }
}
