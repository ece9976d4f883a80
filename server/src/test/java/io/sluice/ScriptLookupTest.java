package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.Api;
import io.sluice.testing.TestServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code {name}} in scripts, and what {@code platform.session} and {@code platform.config} hold. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptLookupTest {
    @TempDir
    static Path data;

    private TestServer server;
    private Api admin;
    private long say;
    private long role;
    private long app;
    private String key;

    @BeforeAll
    void start() {
        server = TestServer.start(data);
        admin = server.admin();
        lookup("city", "São Paulo", false);
        lookup("vault", "canary-5577", true);
        say = admin.post(
                        "system/service",
                        Api.one(Map.of(
                                "name", "say", "type", "nodejs", "is_active", true, "config", Map.of("content", ""))))
                .expect(201)
                .number("/resource/0/id");
        role = admin.post(
                        "system/role",
                        Api.one(Map.of(
                                "name",
                                "sayer",
                                "is_active",
                                true,
                                "role_service_access_by_role_id",
                                List.of(Map.of(
                                        "service_id", say, "component", "*", "verb_mask", 31, "requestor_mask", 3)))))
                .ok()
                .number("/resource/0/id");
        Api.Answer made = admin.post(
                        "system/app?fields=*",
                        Api.one(Map.of("name", "phone", "is_active", true, "role_id", role, "type", 0)))
                .ok();
        app = made.number("/resource/0/id");
        key = made.text("/resource/0/api_key");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private void lookup(String name, String value, boolean secret) {
        admin.post("system/lookup", Api.one(Map.of("name", name, "value", value, "private", secret)))
                .ok();
    }

    private void script(String content, String... declared) {
        Map<String, Object> config = new HashMap<>(Map.of("content", content));
        config.put("config", Map.of("lookups", List.of(declared)));
        admin.patch("system/service/" + say, Map.of("config", config)).ok();
    }

    private Api user(String email, String first) {
        admin.post(
                        "system/user",
                        Api.one(Map.of(
                                "name", first, "first_name", first, "email", email, "password", "a long password 123")))
                .ok();
        String token = server.anonymous()
                .withKey(key)
                .post("user/session", Map.of("email", email, "password", "a long password 123"))
                .ok()
                .text("/session_token");
        return server.anonymous().withKey(key).withToken(token);
    }

    @Test
    void anOpenLookupIsReplacedAndAnUnknownNameStays() {
        script("const city = 'x'; return ['{city}', '{nobody}', `${city}`, '{urlencode(city)}',"
                + " '{strtoupper(urlencode(city))}', '{md5(city)}', '{df.api_version}'];");
        assertThat(admin.get("say").ok().body())
                .isEqualTo(
                        "[\"São Paulo\",\"{nobody}\",\"x\",\"S%C3%A3o+Paulo\",\"S%C3%A3O+PAULO\",\"{md5(city)}\",\"2.0\"]");
    }

    @Test
    void anotherValueHoldsAtTheNextRun() {
        lookup("moving", "one", false);
        script("return '{moving}';");
        assertThat(admin.get("say").ok().body()).isEqualTo("\"one\"");
        long id = admin.get("system/lookup?filter=name%3D%27moving%27").ok().number("/resource/0/id");
        admin.patch("system/lookup/" + id, Map.of("value", "two")).ok();
        assertThat(admin.get("say").ok().body()).isEqualTo("\"two\"");
    }

    @Test
    void aPrivateLookupIsThereOnlyForAScriptThatDeclaresIt() {
        String content = "return ['{vault}', platform.session.lookup_secret, platform.session.lookup.city,"
                + " platform.session.lookup.vault || null];";
        script(content);
        assertThat(admin.get("say").ok().body()).isEqualTo("[\"{vault}\",{},\"São Paulo\",null]");
        script(content, "vault", "nobody");
        assertThat(admin.get("say").ok().body())
                .isEqualTo("[\"canary-5577\",{\"vault\":\"canary-5577\"},\"São Paulo\",null]");
    }

    @Test
    void whatIsDeclaredMustBeNames() {
        Api.Answer refused = admin.patch(
                "system/service/" + say,
                Map.of("config", Map.of("content", "return 1;", "config", Map.of("lookups", "vault"))));
        assertThat(refused.expect(400).message()).contains("lookups");
    }

    @Test
    void theCallersOwnValuesAreThoseOfEachCaller() {
        script("return ['{user.first_name}', '{role.name}', '{app.id}', '{user.id}' == platform.session.user.id];");
        Api ada = user("ada@example.com", "Ada");
        Api bob = user("bob@example.com", "Bob");
        for (int i = 0; i < 3; i++) {
            assertThat(ada.get("say").ok().body()).isEqualTo("[\"Ada\",\"sayer\",\"" + app + "\",true]");
            assertThat(bob.get("say").ok().body()).isEqualTo("[\"Bob\",\"sayer\",\"" + app + "\",true]");
        }
    }

    @Test
    void aCallersValueCannotBecomeProgram() {
        script("return 'Hello {user.first_name}';");
        Api eve = user("eve@example.com", "'+platform.api.get('db')+'");
        Api.Answer refused = eve.get("say").expect(500);
        assertThat(refused.text("/error/context/reason")).isEqualTo("script_lookup");
        assertThat(refused.message()).contains("platform.session.user.first_name");
    }

    @Test
    void tokensAndKeysAreThoseOfTheRun() {
        script(
                "return ['{session.token}', '{app.api_key}', platform.session.session_token, platform.session.api_key];");
        Api cyd = user("cyd@example.com", "Cyd");
        Api.Answer answer = cyd.get("say").ok();
        String token = cyd.get("user/session").ok().text("/session_token");
        assertThat(answer.body()).contains("run-").doesNotContain(key).doesNotContain(token);
        assertThat(answer.text("/0"))
                .isEqualTo(answer.text("/1"))
                .isEqualTo(answer.text("/2"))
                .isEqualTo(answer.text("/3"));
    }

    @Test
    void theSessionTellsOfUserAppAndRole() {
        script("return {user: platform.session.user, app: platform.session.app, role: platform.session.role};");
        Api.Answer answer = user("dan@example.com", "Dan").get("say").ok();
        assertThat(answer.text("/user/email")).isEqualTo("dan@example.com");
        assertThat(answer.at("/user/is_sys_admin").asBoolean()).isFalse();
        assertThat(answer.number("/app/id")).isEqualTo(app);
        assertThat(answer.number("/role/id")).isEqualTo(role);
        assertThat(answer.at("/role/services/0").toString())
                .isEqualTo(
                        "{\"service\":\"say\",\"service_id\":" + say
                                + ",\"component\":\"*\",\"verb_mask\":31,\"requestor_mask\":3,\"filters\":[],\"filter_op\":\"AND\"}");
        assertThat(answer.at("/role/services").size()).isEqualTo(1);
        script("return platform.session.user === undefined && platform.session.role.name;");
        assertThat(server.anonymous().withKey(key).get("say").ok().body()).isEqualTo("\"sayer\"");
    }

    @Test
    void theConfigIsAFlatMap() {
        script("return platform.config;");
        assertThat(admin.get("say").ok().json().propertyNames()).contains("version", "api_version", "name");
    }

    /** F41: values, not names: whatever way they came to the script. */
    @Test
    void F41_secretsThatAScriptPrintsAreMaskedInTheLog() {
        admin.post(
                        "system/service",
                        Api.one(Map.of(
                                "name",
                                "hub",
                                "type",
                                "github",
                                "config",
                                Map.of("vendor", "acme", "token", "canary-hub-91"))))
                .expect(201);
        script(
                "console.log('a {vault} b', 'canary-' + 'hub-91', event.request.payload.leak);"
                        + " if (event.request.parameters.fail) throw new Error('with ' + platform.session.lookup_secret.vault);"
                        + " return 1;",
                "vault");
        Api fay = user("fay@example.com", "Fay");
        String token = fay.get("user/session").ok().text("/session_token");
        server.observed().forget();
        fay.post("say", Map.of("leak", List.of(token))).ok();
        fay.post("say?fail=1", Map.of("leak", List.of(key))).expect(500);
        String all = server.observed().of(io.sluice.observe.Observation.class).toString();
        assertThat(all)
                .contains("ScriptPrinted", "a ********** b")
                .doesNotContain("canary-5577", "canary-hub-91", token, key);
        assertThat(admin.get("system/script/service:say/log").ok().body())
                .contains("**********")
                .doesNotContain("canary-5577", "canary-hub-91", token, key);
    }
}
