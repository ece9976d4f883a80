package io.sluice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.Draws;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

    private static ApiRequest read(String method, String target, Map<String, String> headers, String body) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return RequestReader.read(new RawExchange(method, path, query, Headers.of(headers), bytes, "10.0.0.1"));
    }

    private static ApiRequest get(String target) {
        return read("GET", target, Map.of(), "");
    }

    private static int refusal(String method, String target) {
        try {
            read(method, target, Map.of(), "");
            return 200;
        } catch (ApiException e) {
            return e.error().status();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/", "/api/v2", "/api/v2/", "/api//v2//"})
    void theRootHasNoService(String path) {
        assertThat(get(path).service()).isEmpty();
        assertThat(get(path).resource()).isEqualTo(ResourcePath.ROOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v2/Db/_table/contact", "/api/dB/_table/contact", "/api/v2//DB//_table/contact"})
    void findsServiceAndResource(String path) {
        ApiRequest request = get(path);
        assertThat(request.version()).isEqualTo("2");
        assertThat(request.service()).isEqualTo("db");
        assertThat(request.resource()).isEqualTo(new ResourcePath(List.of("_table", "contact"), false));
    }

    @Test
    void keepsTheTrailingSlash() {
        assertThat(get("/api/v2/files/a/b/").resource()).isEqualTo(new ResourcePath(List.of("a", "b"), true));
        assertThat(get("/api/v2/files/").resource()).isEqualTo(new ResourcePath(List.of(), true));
    }

    @Test
    void decodesEachSegmentByItself() {
        assertThat(get("/api/v2/repo/_repo/team%2Fapp/src/a%20b+c/%C3%A4;x=1")
                        .resource()
                        .segments())
                .containsExactly("_repo", "team/app", "src", "a b+c", "ä;x=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v2/files/../x",
                "/api/v2/files/./x",
                "/api/v2/files/%2e%2E/x",
                "/api/v2/files/a%2F..%2Fb",
                "/api/v2/files/a%5c..%5cb",
                "/api/v2/..",
                "/api/../x",
                "/api/v2/files/..%2f",
                "/api/v2/files/%",
                "/api/v2/files/%4",
                "/api/v2/files/%zz",
                "/api/v2/files/%ff",
                "/api/v2/files/a%00b",
                "/api/v2/files/a%0Ab",
                "/api/v2/db?x=%zz"
            })
    void refusesWhatNobodyMeansWell(String path) {
        assertThat(refusal("GET", path)).isEqualTo(400);
    }

    @Test
    void dotsInNamesAreFine() {
        assertThat(get("/api/v2/files/..a/b..c/...").resource().segments()).containsExactly("..a", "b..c", "...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v9/sample/_table", "/api/v1", "/api/v2.1/db", "/apiary", "/other"})
    void thereIsOnlyVersionTwo(String path) {
        assertThat(refusal("GET", path)).isEqualTo(404);
    }

    @Test
    void aServiceMayBeginWithV() {
        assertThat(get("/api/videos/x").service()).isEqualTo("videos");
        assertThat(get("/api/v2/v2x").service()).isEqualTo("v2x");
        assertThat(get("/api/v2/v9").service()).isEqualTo("v9");
    }

    @Test
    void keepsQueryAddressAndCaller() {
        ApiRequest request = get("/api/v2/db?limit=1&a%5B%3Ac%5D=x%20y");
        assertThat(request.uri()).isEqualTo("/api/v2/db?limit=1&a%5B%3Ac%5D=x%20y");
        assertThat(request.parameters().text("limit")).hasValue("1");
        assertThat(request.parameters().value("a")).hasValue(Map.of(":c", "x y"));
        assertThat(request.remoteAddress()).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,GET,false",
        "HEAD,GET,true",
        "POST,POST,false",
        "PUT,PUT,false",
        "PATCH,PATCH,false",
        "DELETE,DELETE,false"
    })
    void readsTheVerb(String method, Verb verb, boolean headOnly) {
        ApiRequest request = read(method, "/api/v2/db", Map.of(), "");
        assertThat(request.verb()).isEqualTo(verb);
        assertThat(request.headOnly()).isEqualTo(headOnly);
    }

    @Test
    void aPostMayStandForAnotherVerb() {
        Map<String, String> json = Map.of("content-type", "application/json");
        Map<String, String> form = Map.of("content-type", "application/x-www-form-urlencoded");
        assertThat(read("POST", "/api/v2/db", Map.of("X-HTTP-Method", "get"), "")
                        .verb())
                .isEqualTo(Verb.GET);
        assertThat(read("POST", "/api/v2/db", Map.of("X-Method-Override", "PUT"), "")
                        .verb())
                .isEqualTo(Verb.PUT);
        assertThat(read("POST", "/api/v2/db", Map.of("X-HTTP-Method-Override", "merge"), "")
                        .verb())
                .isEqualTo(Verb.PATCH);
        assertThat(read("POST", "/api/v2/db?method=DELETE", Map.of(), "").verb())
                .isEqualTo(Verb.DELETE);
        assertThat(read("POST", "/api/v2/db?_method=DELETE", Map.of(), "").verb())
                .isEqualTo(Verb.DELETE);
        assertThat(read("POST", "/api/v2/db", json, "{\"_method\":\"GET\"}").verb())
                .isEqualTo(Verb.GET);
        assertThat(read("POST", "/api/v2/db", form, "_method=GET&a=b").verb()).isEqualTo(Verb.GET);
    }

    @Test
    void theFirstNamedVerbWins() {
        Map<String, String> headers =
                Map.of("X-HTTP-Method", "GET", "X-Method-Override", "PUT", "X-HTTP-Method-Override", "PATCH");
        assertThat(read("POST", "/api/v2/db?method=DELETE", headers, "").verb()).isEqualTo(Verb.GET);
        Map<String, String> later = Map.of("X-HTTP-Method-Override", "PATCH");
        assertThat(read("POST", "/api/v2/db?method=DELETE", later, "").verb()).isEqualTo(Verb.PATCH);
        assertThat(read("POST", "/api/v2/db?_method=PUT&method=DELETE", Map.of(), "")
                        .verb())
                .isEqualTo(Verb.DELETE);
    }

    @Test
    void onlyAPostMay() {
        assertThat(read("GET", "/api/v2/db?method=DELETE", Map.of("X-HTTP-Method", "DELETE"), "")
                        .verb())
                .isEqualTo(Verb.GET);
    }

    @Test
    void aBodyThatCannotBeReadDoesNotDecide() {
        ApiRequest request =
                read("POST", "/api/v2/db", Map.of("content-type", "application/json"), "{\"_method\": oops");
        assertThat(request.verb()).isEqualTo(Verb.POST);
        assertThatThrownBy(() -> request.body().payload()).isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @CsvSource({"FROB,/api/v2/db", "POST,/api/v2/db?method=FROB", "OPTIONS,/api/v2/db", "TRACE,/api/v2/db"})
    void anUnknownVerbIsToldWhatIsAllowed(String method, String target) {
        assertThatThrownBy(() -> read(method, target, Map.of(), "")).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.error().status()).isEqualTo(405);
            assertThat(e.headers().get("Allow")).contains("GET").contains("PATCH");
        });
    }

    @Test
    void anyPathIsReadOrRefused() {
        Draws.times(
                2_000,
                draw -> assertThat(refusal("GET", "/api/v2/" + draw.text(0, 40).replace('?', '/')))
                        .isIn(200, 400));
    }
}
