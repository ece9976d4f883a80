package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.MariaServer;
import io.sluice.testing.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sluice demo} as a new user meets it: what it prints and what the README says is run in a shell, word for word. */
class DemoIT {
    @TempDir
    Path folder;

    @Test
    void whatTheDemoPrintsWorksAndAPushChangesTheLiveApi() throws Exception {
        try (ServerProcess demo = demo()) {
            List<String> lines = commands(demo.output());
            assertThat(lines).hasSize(5);
            assertThat(run(lines.get(0), Map.of())).contains("\"session_token\"");
            assertThat(run(lines.get(1), Map.of())).contains("\"gross\":150.63").doesNotContain("\"net\":1.5");
            assertThat(run(lines.get(2), Map.of()))
                    .contains("\"hello\":\"you\"")
                    .contains("\"orders\":4");
            run(lines.get(3), Map.of());
            assertThat(run(lines.get(4), Map.of())).contains("\"gross\":144.6");
            assertThat(demo.output())
                    .containsPattern("script clear  event:db._table.orders.get.post_process  by=")
                    .containsPattern(
                            "script fetch  event:db._table.orders.get.post_process  git repo/scripts.git@main:orders.js  [0-9a-f]{7}  ")
                    .containsPattern("script run    event:db._table.orders.get.post_process  v2 [0-9a-f]{7}  .*  ok");
            demo.await("scripts in nodejs can run at once, after");
        }
    }

    @Test
    void whatTheReadmeSaysWorks() throws Exception {
        try (ServerProcess demo = demo()) {
            Matcher key = Pattern.compile("orders\\?fields=id,net,status.*API-Key: ([0-9a-f]{64})")
                    .matcher(demo.output());
            assertThat(key.find()).isTrue();
            String said = run(
                    readmeBlocks("the one-minute story").getFirst(),
                    Map.of(
                            "SLUICE",
                            demo.address(),
                            "KEY",
                            key.group(1),
                            "DATA",
                            folder.resolve("data").toString()));
            assertThat(said)
                    .contains("\"gross\":150.63")
                    .contains("\"hello\":\"you\"")
                    .contains("\"gross\":144.6");
        }
    }

    @Test
    void theDemoStartsAgainOnItsDataAndEndsCleanly() throws Exception {
        try (ServerProcess first = demo()) {
            run(commands(first.output()).get(1), Map.of());
            assertThat(first.end()).isIn(0, 143);
        }
        try (ServerProcess second = demo()) {
            assertThat(run(commands(second.output()).get(1), Map.of())).contains("\"gross\":150.63");
            assertThat(second.output()).as("the script comes from the cache").doesNotContain("script fetch  event:");
        }
    }

    @Test
    void whatTheReadmeSaysOfYourOwnDatabasesWorks() throws Exception {
        Map<String, Object> shop = MariaServer.get().newDatabase();
        MariaServer.get().run(shop, """
                create table orders (id int primary key, net decimal(10,2), status varchar(12));
                insert into orders values (1, 5, 'paid'), (2, 12.5, 'paid'), (3, 99, 'new'), (4, 20, 'sent')""");
        List<String> blocks = readmeBlocks("your own databases");
        assertThat(blocks.getFirst())
                .contains("SLUICE_ADMIN_EMAIL=you@example.com")
                .contains("./sluice serve");
        try (ServerProcess server = ServerProcess.launcher(
                Map.of("SLUICE_ADMIN_EMAIL", "you@example.com", "SLUICE_ADMIN_PASSWORD", "sixteen characters"),
                "serve",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--data",
                folder.resolve("own").toString())) {
            String mine = "\"host\":\"127.0.0.1\",\"port\":" + shop.get("port") + ",\"database\":\""
                    + shop.get("database") + "\",\"username\":\"" + shop.get("username") + "\",\"password\":\""
                    + shop.get("password") + "\"";
            String commands = blocks.get(1).replaceAll("\"host\":[^}]*", Matcher.quoteReplacement(mine));
            assertThat(run(commands, Map.of("SLUICE", server.address())))
                    .contains("{\"resource\":[{\"id\":4,\"net\":20.00,\"status\":\"sent\"},{\"id\":2,");
        }
    }

    private ServerProcess demo() throws IOException, InterruptedException {
        ServerProcess demo = ServerProcess.launcher(
                Map.of(),
                "demo",
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString());
        demo.await("Ctrl-C");
        return demo;
    }

    private static List<String> commands(String output) {
        return output.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("curl ") || line.startsWith("git "))
                .toList();
    }

    private static List<String> readmeBlocks(String heading) throws IOException {
        String readme = Files.readString(ServerProcess.root().resolve("README.md"));
        int section = readme.toLowerCase(java.util.Locale.ROOT).indexOf("## " + heading);
        int end = readme.indexOf("\n## ", section);
        return Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(readme.substring(section, end))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private String run(String command, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-ec", command)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s\n%s", command, said).isZero();
        return said;
    }
}
