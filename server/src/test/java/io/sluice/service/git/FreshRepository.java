package io.sluice.service.git;

import io.sluice.testing.GitServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A repository with one commit for each test, on a real server over HTTP and in a folder of bare repositories. */
abstract class FreshRepository {
    static final String CANARY = "canary-7f3a";

    /** The two ways to the same repositories. */
    enum Way {
        HTTP,
        FOLDER
    }

    @TempDir
    Path machine;

    Path root;
    GitServer server;
    String first;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectory(machine.resolve("root"));
        server = GitServer.start(root);
        server.create("sales.git");
        first = server.commit("sales.git", "main", "orders.js", "return 1", "Count orders\n\nOnce and for all.");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    Calls open(Way way) {
        return open(way == Way.HTTP ? server.uri().toString() : "file://" + root, NetLimits.DEFAULT, Map.of());
    }

    Calls open(String base, NetLimits limits, Map<String, Object> more) {
        Map<String, Object> config = new java.util.HashMap<>(more);
        config.put("base_url", base);
        return Calls.open("git", root, limits, config);
    }
}
