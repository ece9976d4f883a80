package io.sluice.app.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.Engines;
import io.sluice.engine.js.JavaScriptEngine;
import io.sluice.engine.js.JsSettings;
import io.sluice.script.DryRuns;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Script tests in a folder: what is printed, and the exit status. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptTestsTest {
    private final Engines engines = new Engines(List.of(new JavaScriptEngine(JsSettings.defaults())));
    private final DryRuns runs = new DryRuns(engines, Map.of("version", "1"));

    @TempDir
    static Path all;

    private Path folder;

    private record Said(int status, String text) {}

    @BeforeAll
    void ready() {
        folder = all;
    }

    @AfterAll
    void close() {
        engines.close();
    }

    private Said test(String script, String yaml) throws IOException {
        folder = Files.createTempDirectory(all, "case");
        write("a.js", script);
        write("a.test.yaml", yaml);
        return run(Optional.empty());
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Said run(Optional<String> filter) {
        StringWriter said = new StringWriter();
        ScriptTests.Asked asked = new ScriptTests.Asked(folder, filter, Optional.of(folder.resolve("report.xml")));
        int status = ScriptTests.run(asked, runs, new PrintWriter(said));
        return new Said(status, said.toString().replace(folder + "/", ""));
    }

    @Test
    void casesThatHoldPass() throws IOException {
        Said said = test("""
                console.log('called by', platform.session.user.name);
                const rates = platform.api.get('db/_table/rate', {parameters: {limit: 1}}).content.resource;
                for (const row of event.response.content.resource) row.gross = row.net * rates[0].rate;
                event.response.status_code = 203;
                """, """
                id: event:db._table.orders.get.post_process
                session: {user: {name: ann}}
                stubs:
                  - {path: db/_table/rate?limit=1, content: {resource: [{rate: 2}]}}
                cases:
                  - name: adds
                    event: {response: {content: {resource: [{net: 2, more: true}, {net: 3}]}}}
                    expect:
                      event:
                        response.content.resource[1].gross: 6
                        request: {method: GET, service: db}
                      response:
                        status_code: 203
                        content: {resource: [{gross: 4.0}, {net: 3, nothing: null}]}
                      console: [by ann]
                      calls: [{method: GET, path: db/_table/rate, parameters: {limit: '1'}, stub: 0}]
                """);
        assertThat(said.text()).isEqualTo("""
                a.test.yaml
                  ok    adds
                1 passed, 0 failed
                """);
        assertThat(said.status()).isZero();
    }

    @Test
    void eachDifferenceIsToldWithItsPath() throws IOException {
        Said said = test("console.log('here'); return {a: {b: [1, 2]}, c: 'x'};", """
                id: service:a
                cases:
                  - expect: {returned: {a: {b: [1, 3]}, c: y, d: 1}, console: [there], calls: [GET x]}
                  - {name: fine, expect: {returned: {c: x}}}
                """);
        assertThat(said.status()).isEqualTo(1);
        assertThat(said.text()).isEqualTo("""
                a.test.yaml
                  FAIL  cases[0]
                          returned.a.b[1]
                            expected 3
                            got      2
                          returned.c
                            expected y
                            got      x
                          returned.d
                            expected 1
                            got      nothing
                          console[0]
                            expected there
                            got      ["here"]
                          calls
                            expected ["GET x"]
                            got      []
                          console.log: here
                  ok    fine
                1 passed, 1 failed
                """);
        assertThat(folder.resolve("report.xml"))
                .content()
                .contains("tests=\"2\" failures=\"1\"", "<failure message=\"returned.a.b[1]\">", "name=\"fine\"");
    }

    @Test
    void anErrorMustBeExpected() throws IOException {
        String script =
                "\nif (!event.request.parameters.id) throw Object.assign(new Error('id is needed'), {code: 400});";
        Said said = test(script, """
                id: event:db._table.orders.get.pre_process
                cases:
                  - name: told
                    expect: {error: {status: 400, message: needed, line: 2, file: a.js}}
                  - {name: in words, expect: {error: id is}}
                  - {name: unforeseen}
                  - {name: none, event: {request: {parameters: {id: 1}}}, expect: {error: id is, response: null}}
                """);
        assertThat(said.text())
                .contains("  ok    told\n", "  ok    in words\n")
                .contains("  FAIL  unforeseen\n          error\n            expected nothing\n"
                        + "            got      400 id is needed (a.js line 2, column ")
                .contains("  FAIL  none\n          error\n            expected id is\n            got      nothing\n")
                .endsWith("2 passed, 2 failed\n");
    }

    @Test
    void aTextThatDoesNotCompileFailsItsCases() throws IOException {
        Said said = test("let a = ;", "{id: 'service:a', cases: [{name: one}]}");
        assertThat(said.text()).contains("got      500 The script does not compile: a.js line 1, column 9: ");
    }

    @Test
    void aCallWithoutAStubFailsTheCaseUnlessForeseen() throws IOException {
        Said said = test("platform.api.get('files/x')", """
                id: service:a
                cases:
                  - {name: forgotten}
                  - {name: foreseen, expect: {calls: [{path: files/x, stub: null, status: 501}]}}
                """);
        assertThat(said.text()).isEqualTo("""
                a.test.yaml
                  FAIL  forgotten
                          calls[0]
                            expected a stub that answers GET files/x
                            got      none fits
                  ok    foreseen
                1 passed, 1 failed
                """);
    }

    @Test
    void casesDoNotSeeEachOther() throws IOException {
        Said said =
                test("globalThis.n = (globalThis.n ?? 0) + 1; event.list.push(1); return [n, event.list.length]", """
                id: service:a
                event: {list: []}
                cases:
                  - {name: one, expect: {returned: [1, 1]}}
                  - {name: two, expect: {returned: [1, 1]}}
                """);
        assertThat(said.status()).isZero();
    }

    @Test
    void scriptsEventsAndLimitsComeFromWhereTheFileSays() throws IOException {
        folder = Files.createTempDirectory(all, "case");
        write("lib/slow.js", "if (event.slow) for (;;) {}; return event.a;");
        write("events/one.json", "{\"a\": [1], \"slow\": true}");
        write("tests/slow.test.yml", """
                id: service:slow
                script: ../lib/slow.js
                record: {timeout_ms: 200}
                cases:
                  - {name: stops, event_file: ../events/one.json, expect: {error: {status: 504}}}
                  - {name: ends, event_file: ../events/one.json, event: {slow: false}, expect: {returned: [1]}}
                """);
        write(".git/x.test.yaml", "not: read");
        write("node_modules/y/x.test.yaml", "not: read");
        assertThat(run(Optional.empty()).text()).endsWith("2 passed, 0 failed\n");
        assertThat(run(Optional.of("ends")).text()).endsWith("1 passed, 0 failed\n");
        assertThat(run(Optional.of("slow.test")).text()).endsWith("2 passed, 0 failed\n");
        assertThat(run(Optional.of("absent"))).isEqualTo(new Said(1, "0 passed, 0 failed\n"));
    }

    @Test
    void aFileThatCannotBeMeantFailsAndTheOthersGoOn() throws IOException {
        folder = Files.createTempDirectory(all, "case");
        write("a.test.yaml", "id: service:a\ncases: [{name: x}]");
        write("b.js", "");
        write("b.test.yaml", "id: service:b\ncases: [{name: x, expekt: 1}]");
        write("c.js", "");
        write("c.test.yaml", "id: c\ncases: [{name: x}]");
        write("d.js", "");
        write("d.test.yaml", "id: service:d\ncases: [{name: good}]");
        write("e.js", "");
        write("e.test.yaml", "id: [");
        Said said = run(Optional.empty());
        assertThat(said.text())
                .contains("there is no script a.js", "cases[0] has a field 'expekt'", "'id' must say which script")
                .contains("Cannot read", "  ok    good")
                .endsWith("1 passed, 4 failed\n");
        folder = Files.createTempDirectory(all, "empty");
        assertThatThrownBy(() -> run(Optional.empty())).hasMessageContaining("There is no test file");
    }

    @Test
    void oneRunPrintsWhatCameOfIt() throws IOException {
        folder = Files.createTempDirectory(all, "case");
        write("s.js", "return platform.api.get('x').content");
        write("e.yaml", "{}");
        write("stubs.yaml", "stubs: [{path: x, content: {a: 1}}]\nsession: {user: {id: 3}}");
        StringWriter said = new StringWriter();
        ScriptRun.Asked asked = new ScriptRun.Asked(
                "service:s",
                Optional.of(folder.resolve("e.yaml")),
                Optional.of(folder.resolve("s.js")),
                Optional.empty(),
                Optional.of(folder.resolve("stubs.yaml")));
        assertThat(ScriptRun.run(asked, runs, new PrintWriter(said))).isZero();
        assertThat(said.toString()).contains("\"outcome\" : \"completed\"", "\"a\" : 1");
    }
}
