package io.sluice.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.engine.PlatformCalls.Answer;
import io.sluice.engine.PlatformCalls.Fetched;
import io.sluice.engine.PlatformCalls.Outward;
import io.sluice.engine.PlatformCalls.Request;
import io.sluice.script.Likeness.Difference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StubsTest {
    private static Request get(String path, Map<String, Object> parameters) {
        return new Request("get", path, null, parameters, Map.of());
    }

    private static Stubs stubs(Object... stubs) {
        return new Stubs(Stub.read(List.of(stubs)), Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "db/_table/a, db/_table/a, true",
        "/api/v2/db/_table/a, db/_table/a, true",
        "db/_table/a, /db/_table/a?limit=1, true",
        "db/_table/*, db/_table/a, true",
        "db/_table/*, db/_table/, true",
        "db/_table/*/x, db/_table/a/b/x, true",
        "*, anything, true",
        "db/_table/*, db/_table, false",
        "db/_table/a, db/_table/ab, false",
        "db/_table/a?limit=1, db/_table/a, false",
        "db/_table/a?limit=1, db/_table/a?limit=2, false",
        "db/_table/a?limit=1, db/_table/a?order=id&limit=1, true",
        "db/_table/a?filter=id%3D*, db/_table/a?filter=id=5, true",
        "https://x.example/*, https://x.example/a?b=c, true",
        "https://x.example/*, http://x.example/a, false",
        "a.b, aXb, false"
    })
    void pathsAndParameters(String stub, String path, boolean fits) {
        Answer answer = stubs(Map.of("path", stub)).call(get(path, Map.of()));
        assertThat(answer.status() == 200).isEqualTo(fits);
    }

    @Test
    void parametersBesideThePathCountToo() {
        Stubs stubs = stubs(Map.of("path", "a", "parameters", Map.of("limit", 1)));
        assertThat(stubs.call(get("a", Map.of("limit", 1))).status()).isEqualTo(200);
        assertThat(stubs.call(get("a", Map.of("limit", 2))).status()).isEqualTo(501);
    }

    @Test
    void answersAreFreshEachTime() {
        Map<String, Object> content = new HashMap<>(Map.of("list", new ArrayList<>(List.of(1))));
        Stubs stubs = stubs(Map.of("path", "a", "content", content));
        ((List<?>) ((Map<?, ?>) stubs.call(get("a", Map.of())).content()).get("list")).clear();
        assertThat(stubs.call(get("a", Map.of())).content()).isEqualTo(Map.of("list", List.of(1)));
    }

    @Test
    void fetchIsAnsweredLikewise() {
        Stubs stubs = stubs(Map.of(
                "method",
                "POST",
                "path",
                "https://x.example/a",
                "payload",
                Map.of("n", 1),
                "status",
                202,
                "content",
                Map.of("ok", true),
                "headers",
                Map.of("X-A", "b")));
        byte[] body = "{\"n\": 1, \"m\": 2}".getBytes(StandardCharsets.UTF_8);
        assertThat(stubs.fetch(new Outward("post", "https://x.example/a?q=1", Map.of(), body)))
                .isInstanceOfSatisfying(Fetched.Answered.class, answered -> {
                    assertThat(answered.status()).isEqualTo(202);
                    assertThat(new String(answered.body(), StandardCharsets.UTF_8))
                            .isEqualTo("{\"ok\":true}");
                    assertThat(answered.headers())
                            .containsEntry("x-a", "b")
                            .containsEntry("content-type", "application/json");
                });
        assertThat(stubs.fetch(new Outward("GET", "https://y.example/", Map.of(), new byte[0])))
                .isEqualTo(new Fetched.Refused("This is a dry run, and no stub answers GET https://y.example/."));
        assertThat(stubs.made())
                .extracting(DryRun.Call::toString)
                .containsExactly("POST https://x.example/a", "GET https://y.example/");
    }

    @Test
    void theStoreIsInMemory() {
        Stubs stubs = new Stubs(List.of(), Map.of("a", 1));
        assertThat(stubs.store().get("a")).contains(1);
        stubs.store().set("b", List.of(2), 60);
        assertThat(stubs.store().delete("a")).isTrue();
        assertThat(stubs.store().delete("a")).isFalse();
        assertThat(stubs.kept()).isEqualTo(Map.of("b", List.of(2)));
    }

    @Test
    void likenessSaysWhatDiffers() {
        assertThat(Likeness.differences("x", Map.of("a", 1), Map.of("a", 1.0, "b", 2)))
                .isEmpty();
        assertThat(Likeness.differences("x", Map.of("a.b[1]", "y"), Map.of("a", Map.of("b", List.of("x", "y")))))
                .isEmpty();
        assertThat(Likeness.differences("x", Map.of("a.b[2]", "y"), Map.of("a", Map.of("b", List.of("x", "y")))))
                .containsExactly(new Difference("x.a.b[2]", "y", null));
        assertThat(Likeness.differences("x", Map.of("a.b", 1), Map.of("a.b", 1)))
                .as("a key with a dot of its own comes first")
                .isEmpty();
        assertThat(Likeness.differences("x", List.of(1), List.of(1, 2)))
                .containsExactly(new Difference("x", List.of(1), List.of(1, 2)));
        assertThat(Likeness.differences("x", List.of(Map.of("a", "1")), List.of(Map.of("a", 1))))
                .containsExactly(new Difference("x[0].a", "1", 1));
        assertThat(Likeness.differences("x", Double.NaN, 1)).hasSize(1);
    }
}
