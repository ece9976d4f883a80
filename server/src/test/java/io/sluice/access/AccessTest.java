package io.sluice.access;

import static io.sluice.testing.Installation.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiError;
import io.sluice.api.ApiRequest;
import io.sluice.api.Caller;
import io.sluice.api.Rights;
import io.sluice.api.RowRule;
import io.sluice.api.Verb;
import io.sluice.testing.Installation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who calls and whether they may: rest-api.md 4.6 and 4.9 to 4.11, on a real system database. */
class AccessTest {
    private static final String PASSWORD = "Joe.Password.12345";

    @TempDir
    Path folder;

    private Installation at;
    private long service;
    private long role;
    private long app;
    private long joe;
    private String key;

    @BeforeEach
    void start() {
        at = new Installation(folder).started();
        service = at.create("service", map("name", "db", "type", "sample_type"));
        role = at.create(
                "role",
                map(
                        "name",
                        "reader",
                        "role_service_access_by_role_id",
                        List.of(
                                map("service_id", service, "component", "_table/customer/*", "verb_mask", 1),
                                map(
                                        "service_id",
                                        service,
                                        "component",
                                        "_table/orders/*",
                                        "verb_mask",
                                        1,
                                        "requestor_mask",
                                        3,
                                        "filters",
                                        List.of(
                                                map("name", "owner", "operator", "=", "value", "{user.id}"),
                                                map(
                                                        "name",
                                                        "region",
                                                        "operator",
                                                        "IN",
                                                        "value",
                                                        List.of("{region}", "{nosuch}"))),
                                        "filter_op",
                                        "or"))));
        key = "k".repeat(64);
        app = at.create("app", map("name", "demo", "api_key", key));
        joe = at.create("user", map("email", "joe@example.com", "password", PASSWORD));
    }

    @AfterEach
    void stop() {
        at.close();
    }

    private void assignJoe() {
        at.admin(
                Verb.PATCH,
                "system/user/" + joe,
                map("user_to_app_to_role_by_user_id", List.of(map("app_id", app, "role_id", role))));
    }

    private void defaultRole() {
        at.admin(Verb.PATCH, "system/app/" + app, map("role_id", role));
    }

    private String joesToken() {
        return (String)
                at.login("user/session", "joe@example.com", PASSWORD, Map.of()).get("session_token");
    }

    private static Map<String, String> sent(String key, String token) {
        Map<String, String> headers = new HashMap<>();
        if (key != null) {
            headers.put("X-DreamFactory-API-Key", key);
        }
        if (token != null) {
            headers.put("X-DreamFactory-Session-Token", token);
        }
        return headers;
    }

    private ApiError refused(Map<String, String> headers, String path) {
        return at.failure(Verb.GET, path, headers, null);
    }

    @Test
    void row1AnInvalidTokenIsRefusedFirst() {
        ApiError error = refused(sent(null, "not-a-jwt"), "db/_table/customer");
        assertThat(error.status()).isEqualTo(401);
        assertThat(error.message()).startsWith("Invalid token: ");
        assertThat(refused(sent(null, "not-a-jwt"), "system/environment").status())
                .isEqualTo(401);
    }

    @Test
    void row2NeitherKeyNorToken() {
        ApiError error = refused(Map.of(), "db/_table/customer");
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.message())
                .isEqualTo("No session token (JWT) or API Key detected in request. Please send in"
                        + " X-DreamFactory-Session-Token and/or X-DreamFactory-API-Key request header. You can also use URL"
                        + " query parameters session_token and/or api_key.");
    }

    @Test
    void row3NoRoleAndNoKey() {
        assignJoe();
        ApiError error = refused(sent(null, joesToken()), "db/_table/customer");
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.message())
                .isEqualTo("No API Key provided. Please provide a valid API Key using"
                        + " X-DreamFactory-API-Key request header or 'api_key' url query parameter.");
    }

    @Test
    void row4NoRoleAndNoTokenAlsoForAnUnknownKey() {
        for (String sent : List.of(key, "u".repeat(64))) {
            ApiError error = refused(sent(sent, null), "db/_table/customer");
            assertThat(error.status()).isEqualTo(400);
            assertThat(error.message())
                    .isEqualTo("No session token (JWT) provided. Please provide a valid JWT using"
                            + " X-DreamFactory-Session-Token request header or 'session_token' url query parameter.");
        }
    }

    @Test
    void row5BothButNoRole() {
        ApiError error = refused(sent(key, joesToken()), "db/_table/customer");
        assertThat(error.status()).isEqualTo(403);
        assertThat(error.message()).isEqualTo("Role not found. A role may not be assigned to you or your application.");
    }

    @Test
    void aRoleInAnotherAppDoesNotCount() {
        assignJoe();
        at.create("app", map("name", "other", "api_key", "o".repeat(64)));
        assertThat(refused(sent("o".repeat(64), joesToken()), "db/_table/customer")
                        .message())
                .startsWith("Role not found.");
    }

    @Test
    void row6AnInactiveRole() {
        assignJoe();
        String token = joesToken();
        at.admin(Verb.PATCH, "system/role/" + role, map("is_active", false));
        ApiError error = refused(sent(key, token), "db/_table/customer");
        assertThat(error.status()).isEqualTo(403);
        assertThat(error.message())
                .isEqualTo("Access Forbidden. The role assigned to you or your application or the default role of your"
                        + " application is not active.");
        assertThat(at.failure(
                                Verb.POST,
                                "user/session",
                                sent(key, null),
                                map("email", "joe@example.com", "password", PASSWORD))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void row7ARoleButNobody() {
        defaultRole();
        ApiError error = refused(sent(key, null), "db/_table/product");
        assertThat(error.status()).isEqualTo(401);
        assertThat(error.message()).isEqualTo("Unauthorized. User is not authenticated.");
    }

    @Test
    void row8TheRoleDoesNotAllowIt() {
        assignJoe();
        ApiError error = refused(sent(key, joesToken()), "db/_table/product");
        assertThat(error.status()).isEqualTo(403);
        assertThat(error.message())
                .isEqualTo(
                        "Access Forbidden. GET access to component '_table/product' of service 'db' is not allowed by"
                                + " this user's role.");
    }

    @Test
    void aKeyAloneHasTheRoleOfItsAppAndATokenBesideItTheOneOfThePerson() {
        defaultRole();
        assertThat(at.call(Verb.GET, "db/_table/customer", sent(key, null), null)
                        .status())
                .isEqualTo(200);
        long other = at.create("role", map("name", "other"));
        at.admin(
                Verb.PATCH,
                "system/user/" + joe,
                map("user_to_app_to_role_by_user_id", List.of(map("app_id", app, "role_id", other))));
        assertThat(refused(sent(key, joesToken()), "db/_table/customer").status())
                .isEqualTo(403);
    }

    @Test
    void anInactiveAppIsRefused() {
        defaultRole();
        at.admin(Verb.PATCH, "system/app/" + app, map("is_active", false));
        assertThat(refused(sent(key, null), "db/_table/customer")).isEqualTo(ApiError.of(403, "App is not active."));
    }

    @Test
    void aKeyIsLookedForInTheQueryThenInTheHeaders() {
        defaultRole();
        assertThat(at.call(Verb.GET, "db/_table/customer?api_key=" + key, sent("unknown", null), null)
                        .status())
                .isEqualTo(200);
        assertThat(at.call(Verb.GET, "db/_table/customer", Map.of("X-API-Key", key), null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTokenIsLookedForAsBearerThenInItsHeaderThenInTheQuery() {
        String token = at.adminToken();
        assertThat(at.call(Verb.GET, "db/x?session_token=" + token, Map.of(), null)
                        .status())
                .isEqualTo(200);
        assertThat(at.call(Verb.GET, "db/x?session_token=bad", sent(null, token), null)
                        .status())
                .isEqualTo(200);
        Map<String, String> both = new HashMap<>(sent(null, "bad"));
        both.put("Authorization", "Bearer " + token);
        assertThat(at.call(Verb.GET, "db/x", both, null).status()).isEqualTo(200);
    }

    @Test
    void basicAuthenticationIsForAdministratorsAndUsers() {
        assertThat(at.call(Verb.GET, "db/x", basic(Installation.ADMIN, Installation.PASSWORD), null)
                        .status())
                .isEqualTo(200);
        assignJoe();
        Map<String, String> headers = new HashMap<>(basic("joe@example.com", PASSWORD));
        headers.put("X-DreamFactory-API-Key", key);
        assertThat(at.call(Verb.GET, "db/_table/customer", headers, null).status())
                .isEqualTo(200);
        at.admin(Verb.PATCH, "system/user/" + joe, map("password", "Another.Password.1"));
        assertThat(at.failure(Verb.GET, "db/_table/customer", headers, null))
                .isEqualTo(ApiError.of(401, "Unauthorized. User credentials did not match."));
    }

    private static Map<String, String> basic(String email, String password) {
        byte[] text = (email + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(text));
    }

    @Test
    void whatIsOpenIsOpenToAnybody() {
        assertThat(at.call(Verb.GET, "system/environment", Map.of(), null).status())
                .isEqualTo(200);
        assertThat(at.call(Verb.DELETE, "user/session", Map.of(), null).status())
                .isEqualTo(200);
        assertThat(at.failure(Verb.GET, "user/profile", Map.of(), null).status())
                .isEqualTo(401);
        assertThat(at.failure(Verb.DELETE, "user/profile", Map.of(), null).message())
                .startsWith("No session token");
        assertThat(refused(Map.of(), "system/role").status()).isEqualTo(400);
    }

    @Test
    void theListOfSchemasIsOpenToWhoeverReadsSomething() {
        assignJoe();
        assertThat(at.call(Verb.GET, "db/_schema", sent(key, joesToken()), null).status())
                .isEqualTo(200);
        assertThat(refused(sent(key, joesToken()), "db/_schema/customer").status())
                .isEqualTo(403);
    }

    @Test
    void anAdministratorWithARoleOfTheirOwnIsRestrictedToIt() {
        long other = at.create(
                "admin",
                map(
                        "email",
                        "second@example.com",
                        "password",
                        PASSWORD,
                        "user_to_app_to_role_by_user_id",
                        List.of(map("app_id", app, "role_id", role))));
        Map<String, Object> session = at.login("system/admin/session", "second@example.com", PASSWORD, sent(key, null));
        Map<String, String> headers = sent(key, (String) session.get("session_token"));
        assertThat(session)
                .containsEntry("id", other)
                .containsEntry("role", "reader")
                .containsEntry("role_id", role);
        assertThat(at.call(Verb.GET, "db/_table/customer", headers, null).status())
                .isEqualTo(200);
        assertThat(refused(headers, "db/_table/product").status()).isEqualTo(403);
        assertThat(refused(headers, "system/role").status()).isEqualTo(403);
    }

    @Test
    void aScriptActsWithTheRightsOfItsCallAndWithItsOwnRequestorBit() {
        assignJoe();
        ApiRequest outer = at.request(Verb.GET, "db/_table/orders", sent(key, joesToken()), null);
        Caller script = at.access.identify(outer).asScript();
        ApiRequest inner = at.request(Verb.GET, "db/_table/orders", sent(null, "made up by the script"), null);
        Rights rights =
                at.access.authorise(inner, script, OptionalLong.of(service)).rights();
        assertThat(rights.mask("_table/orders")).isEqualTo(1);
        assertThat(rights.mask("_table/customer")).isZero();
    }

    @Test
    void rowFiltersComeWithTheirLookupsReplaced() {
        at.create("lookup", map("name", "region", "value", "north"));
        at.create("lookup", map("name", "nosuch", "value", "hidden", "private", true));
        assignJoe();
        Rights rights = at.authorise(at.request(Verb.GET, "db/_table/orders", sent(key, joesToken()), null))
                .rights();
        assertThat(rights.rows(Verb.GET, "_table/orders/5"))
                .contains(new RowRule(
                        List.of(
                                new RowRule.Condition("owner", "=", Long.toString(joe)),
                                new RowRule.Condition("region", "in", List.of("north", "{nosuch}"))),
                        true));
        assertThat(rights.rows(Verb.GET, "_table/customer")).isEmpty();
        assertThat(rights.rows(Verb.PATCH, "_table/orders")).isEmpty();
    }

    @Test
    void lookupsTakeModifiersAndLeaveAloneWhatTheyDoNotKnow() {
        Caller caller = at.access.identify(at.request(Verb.GET, "db", sent(key, joesToken()), null));
        LookupText text = new LookupText(caller, Map.of("city", "são paulo"));
        assertThat(text.apply("{strtoupper(user.email)} {ucwords(city)} {urlencode(city)} {x} {nope(city)} { city }"))
                .isEqualTo("JOE@EXAMPLE.COM São Paulo s%C3%A3o+paulo {x} {nope(city)} { city }");
        assertThat(text.apply("{user.is_sys_admin}{app.id}{base64_decode(city)}"))
                .isEqualTo("0" + app + "{base64_decode(city)}");
    }

    @Test
    void aChangeCountsAtOnceAndAServiceThatGoesTakesItsRowsAlong() {
        defaultRole();
        assertThat(at.call(Verb.GET, "db/_table/customer", sent(key, null), null)
                        .status())
                .isEqualTo(200);
        at.admin(Verb.DELETE, "system/service/" + service, null);
        assertThat((List<?>) at.admin(Verb.GET, "system/role/" + role + "?related=*", null)
                        .get("role_service_access_by_role_id"))
                .isEmpty();
        assertThat(refused(sent(key, null), "db/_table/customer").status()).isEqualTo(401);
    }
}
