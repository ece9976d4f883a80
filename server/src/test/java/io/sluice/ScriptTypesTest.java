package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testing.Api;
import io.sluice.testing.SqliteSample;
import io.sluice.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET system/script/{id}/types}: held against kept texts, and against the compiler itself where npm can get it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptTypesTest {
    private static final String COMPILER = "typescript@5.9.3";

    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;

    @BeforeAll
    void start() throws Exception {
        server = TestServer.start(data);
        SqliteSample.serve(server, data, 1);
        admin = server.admin();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String types(String id) {
        Api.Answer answer =
                admin.get("system/script/" + Api.encode(id) + "/types").ok();
        assertThat(answer.raw().headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
        return answer.body();
    }

    /** The part that is made of the schema. */
    private static String made(String types) {
        return types.substring(0, types.indexOf("\n}\n\ndeclare namespace Sluice") + 3);
    }

    @Test
    void aPostScriptOfATableSeesItsColumns() throws IOException {
        String made = made(types("event:db._table.contact.get.post_process"));
        try (var golden = getClass().getResourceAsStream("/script-types/contact-get-post.d.ts")) {
            assertThat(made).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void otherMomentsAndServicesHaveTheirOwn() {
        String pre = made(types("event:db._table.Contact.post.pre_process"));
        assertThat(pre)
                .contains("  type Payload = {\n    resource: Partial<Contact>[];\n  };")
                .contains("response?: Partial<Response<any>>;")
                .contains("readonly stage: \"pre_process\";");
        String one = made(types("event:db._table.contact.{id}.get.post_process"));
        assertThat(one).contains("type Content = Contact;");
        String generic = made(types("event:db._table.{table_name}.get.post_process"));
        assertThat(generic).contains("resource: Record<string, unknown>[];");
        String service = made(types("service:hello"));
        assertThat(service)
                .contains("response: Pick<Response<Content>, \"content\" | \"content_type\" | \"status_code\">")
                .contains("  | \"db/\"\n");
        assertThat(made(types("event:db.no_such_thing.get"))).contains("type Content = any;");
        assertThat(made(types("event:system.role.get.post_process"))).contains("resource: Record<string, unknown>[];");
        admin.get("system/script/event:none.get/types").expect(404);
        admin.get("system/script/none/types").expect(404);
    }

    @Test
    void theCompilerTakesThemAndFindsMistakes() throws Exception {
        Path folder = Files.createDirectories(data.resolve("tsc"));
        assumeTrue(installed(folder), "npm cannot get the TypeScript compiler here");
        for (Map.Entry<String, List<String>> each : SCRIPTS.entrySet()) {
            Files.writeString(folder.resolve("types.d.ts"), types(each.getKey()));
            assertThat(compile(folder, each.getValue().get(0)))
                    .as("%s: a good script", each.getKey())
                    .isEmpty();
            assertThat(compile(folder, each.getValue().get(1)).lines().filter(line -> line.startsWith("script.ts(")))
                    .as("%s: each line has a mistake", each.getKey())
                    .hasSameSizeAs(each.getValue().get(1).lines().toList());
        }
    }

    private static final Map<String, List<String>> SCRIPTS = Map.of(
            "event:db._table.contact.get.post_process",
            List.of(
                    """
                    for (const row of event.response.content.resource) {
                      row.older = (row.age ?? 0) + 1;
                      const name: string = row.name.toUpperCase();
                      console.log(name, event.request.parameters.filter, event.response.content.meta?.count);
                    }
                    if (event.response.content.error) event.setResponse({}, 404);
                    const answer = platform.api.get<{ n: number }>('db/_table/contact', { parameters: { limit: 1 } });
                    const n: number = answer.content.n;
                    platform.api.post('elsewhere/x', { a: 1 }, '', (body, response) => print(body.length + response.statusCode));
                    setTimeout(() => event.setReturn(n), 5);
                    const who: string | undefined = platform.session.user?.email;
                    platform.store.set('who', who, 60);
                    fetch('https://example.com/' + new URL('https://a.b/c').host).then((r) => r.json()).then((j) => j.x);
                    """,
                    """
                    const a: string = event.response.content.resource[0].age;
                    event.response.content.resource[0].name.push(1);
                    event.request.method = 'FETCH';
                    platform.apy.get('x');
                    const b: number = event.stage;
                    """),
            "event:db._table.contact.post.pre_process",
            List.of(
                    """
                    for (const row of event.request.payload.resource) row.name = row.name?.trim();
                    if (!event.request.payload.resource.length) event.response = { status_code: 400, content: { a: 1 } };
                    """,
                    """
                    const a: string = event.request.payload.resource[0].name;
                    event.response = { status_code: 'x' };
                    """),
            "event:db._table.{table_name}.get.post_process",
            List.of(
                    "for (const row of event.response.content.resource) row.more = row.id;",
                    "const a: number = event.response.content.resource[0].id;"),
            "service:hello",
            List.of(
                    "event.response.content = { hello: event.resource }; event.setReturn(event.request.payload.anything);",
                    "event.response.status_code = 'x';"));

    private static String compile(Path folder, String script) throws Exception {
        Files.writeString(folder.resolve("script.ts"), "export {};\n" + script);
        Files.writeString(
                folder.resolve("tsconfig.json"),
                "{\"compilerOptions\": {\"noEmit\": true, \"strict\": true, \"target\": \"es2022\", \"lib\": [\"es2024\"],"
                        + " \"types\": []}, \"files\": [\"types.d.ts\", \"script.ts\"]}");
        return said(folder, "node", "node_modules/typescript/bin/tsc", "--pretty", "false");
    }

    private static boolean installed(Path folder) throws Exception {
        try {
            said(
                    folder, "npm", "install", "--silent", "--no-audit", "--no-fund", "--fetch-retries=0", "--fetch-timeout=20000",
                    "--prefix", folder.toString(), COMPILER);
        } catch (IOException e) {
            return false;
        }
        return Files.exists(folder.resolve("node_modules/typescript/bin/tsc"));
    }

    private static String said(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return text;
    }
}
