package io.sluice.access;

import static io.sluice.testing.Installation.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Verb;
import io.sluice.service.system.ServiceChanges;
import io.sluice.testing.Installation;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a session token, rest-api.md 4.2 to 4.4 and 4.13. */
class SessionsTest {
    private static final String JOE = "joe@example.com";
    private static final String PASSWORD = "Joe.Password.12345";

    @TempDir
    Path folder;

    private Installation at;
    private long joe;

    @BeforeEach
    void start() {
        at = new Installation(folder).started();
        joe = at.create("user", map("email", JOE, "password", PASSWORD));
    }

    @AfterEach
    void stop() {
        at.close();
    }

    private Map<String, Object> login() {
        return at.login("user/session", JOE, PASSWORD, Map.of());
    }

    private static Map<String, String> with(Object token) {
        return Map.of("X-DreamFactory-Session-Token", (String) token);
    }

    private ApiError session(Object token) {
        return at.failure(Verb.GET, "user/session", with(token), null);
    }

    private void holds(Object token) {
        assertThat(at.call(Verb.GET, "user/session", with(token), null).status())
                .isEqualTo(200);
    }

    @Test
    void aLoginAnswersWithTheWholeSession() throws ParseException {
        Map<String, Object> session = login();
        assertThat(session)
                .containsEntry("id", joe)
                .containsEntry("email", JOE)
                .containsEntry("name", "Joe")
                .containsEntry("is_sys_admin", false)
                .containsEntry("last_login_date", "2026-05-01 10:00:00")
                .containsEntry("token_expiry_date", "2026-05-02 10:00:00")
                .doesNotContainKey("role");
        assertThat(session.get("session_id")).isEqualTo(session.get("session_token"));
        Map<String, Object> claims = SignedJWT.parse((String) session.get("session_token"))
                .getJWTClaimsSet()
                .getClaims();
        assertThat(claims)
                .containsKeys("iss", "iat", "exp", "nbf", "jti", "sub")
                .containsEntry("user_id", joe);
        assertThat(claims.toString()).doesNotContain(PASSWORD);
        assertThat(at.call(Verb.GET, "user/session", with(session.get("session_token")), null)
                        .content())
                .isEqualTo(new io.sluice.api.Content.Tree(session));
    }

    @Test
    void aLoginSaysWhatIsMissingButNotWhatIsWrong() {
        assertThat(at.failure(Verb.POST, "user/session", Map.of(), map("password", "x")))
                .isEqualTo(ApiError.of(400, "Login request is missing required email."));
        assertThat(at.failure(Verb.POST, "user/session", Map.of(), map("email", JOE)))
                .isEqualTo(ApiError.of(400, "Login request is missing required password."));
        ApiError invalid = ApiError.of(401, "Invalid credentials supplied.");
        assertThat(at.failure(Verb.POST, "user/session", Map.of(), map("email", JOE, "password", "x")))
                .isEqualTo(invalid);
        assertThat(at.failure(Verb.POST, "user/session", Map.of(), map("email", "no@x.org", "password", "x")))
                .isEqualTo(invalid);
        assertThat(at.failure(Verb.POST, "system/admin/session", Map.of(), map("email", JOE, "password", PASSWORD)))
                .isEqualTo(invalid);
        at.admin(Verb.PATCH, "system/user/" + joe, map("is_active", false));
        assertThat(at.failure(Verb.POST, "user/session", Map.of(), map("email", JOE, "password", PASSWORD)))
                .isEqualTo(invalid);
    }

    @Test
    void aBadTokenDoesNotHinderALoginOrALogout() {
        assertThat(at.login("user/session", JOE, PASSWORD, with("not-a-jwt"))).containsKey("session_token");
        assertThat(at.call(Verb.DELETE, "user/session", with("not-a-jwt"), null).status())
                .isEqualTo(200);
    }

    @Test
    void aTokenExpiresAfterADayAndCanBeExchangedForTwoWeeks() {
        Object token = login().get("session_token");
        at.clock.advance(Duration.ofHours(24).minusSeconds(1));
        holds(token);
        at.clock.advance(Duration.ofSeconds(1));
        assertThat(session(token).status()).isEqualTo(401);
        assertThat(session(token).message()).startsWith("Token has expired: Session expired.");
        at.clock.advance(Duration.ofDays(13).minusSeconds(1));
        Object fresh = refresh(token);
        holds(fresh);
        at.clock.advance(Duration.ofDays(14));
        ApiError tooOld = at.failure(Verb.PUT, "user/session", with(fresh), null);
        assertThat(tooOld.status()).isEqualTo(401);
        assertThat(tooOld.message()).startsWith("Token refresh failed.");
    }

    private Object refresh(Object token) {
        return ((Map<?, ?>) Installation.tree(at.call(Verb.PUT, "user/session", with(token), null)))
                .get("session_token");
    }

    @Test
    void anExchangedTokenIsRefusedAndCannotBeExchangedAgain() {
        Object token = login().get("session_token");
        Object fresh = refresh(token);
        assertThat(fresh).isNotEqualTo(token);
        assertThat(session(token).status()).isEqualTo(403);
        assertThat(session(token).message()).endsWith("Session terminated. Please re-login.");
        assertThat(at.failure(Verb.PUT, "user/session", with(token), null).status())
                .isEqualTo(401);
        holds(fresh);
    }

    @Test
    void aRefreshNeedsATokenOfTheRightKind() {
        assertThat(at.failure(Verb.PUT, "user/session", Map.of(), null).status())
                .isEqualTo(401);
        assertThat(at.failure(Verb.PUT, "system/admin/session", with(login().get("session_token")), null)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aLogoutEndsTheTokenAlsoAfterARestart() {
        Object token = login().get("session_token");
        holds(token);
        at.call(Verb.DELETE, "user/session", with(token), null);
        assertThat(session(token).status()).isEqualTo(403);
        at.close();
        at = new Installation(folder);
        at.system.startAll();
        assertThat(session(token).status()).isEqualTo(403);
    }

    @Test
    void tokensHoldAcrossARestartButNotWithAnotherSecret() {
        Object token = login().get("session_token");
        at.close();
        at = new Installation(folder);
        at.system.startAll();
        holds(token);
        at.close();
        at = new Installation(folder, "another secret than before", ServiceChanges.NONE);
        at.system.startAll();
        assertThat(session(token).status()).isEqualTo(401);
    }

    @Test
    void aTokenWithAnotherAlgorithmOrAChangedClaimIsInvalid() {
        String[] parts = ((String) login().get("session_token")).split("\\.");
        String none = "eyJhbGciOiJub25lIn0." + parts[1] + ".";
        String changed = parts[0] + "." + new StringBuilder(parts[1]).reverse() + "." + parts[2];
        for (String token : List.of(none, changed, parts[0] + "." + parts[1] + ".AAAA", "a.b.c", "x".repeat(5000))) {
            assertThat(session(token).status()).isEqualTo(401);
        }
    }

    @Test
    void aTokenDiesWithPasswordEmailActivityAndPerson() {
        List<Map<String, Object>> changes = List.of(
                map("password", "Another.Password.1"), map("email", "joe2@example.com"), map("is_active", false));
        for (Map<String, Object> change : changes) {
            at.admin(Verb.PATCH, "system/user/" + joe, map("email", JOE, "password", PASSWORD, "is_active", true));
            Object token = login().get("session_token");
            holds(token);
            at.admin(Verb.PATCH, "system/user/" + joe, change);
            assertThat(session(token).status()).as("%s", change).isEqualTo(403);
        }
        at.admin(Verb.PATCH, "system/user/" + joe, map("email", JOE, "password", PASSWORD, "is_active", true));
        Object token = login().get("session_token");
        at.admin(Verb.DELETE, "system/user/" + joe, null);
        assertThat(session(token).status()).isEqualTo(403);
    }

    @Test
    void aTokenOfAnAppDiesWithIt() {
        String key = "k".repeat(64);
        long app = at.create("app", map("name", "demo", "api_key", key));
        Object token = at.login("user/session", JOE, PASSWORD, Map.of("X-API-Key", key))
                .get("session_token");
        holds(token);
        at.admin(Verb.PATCH, "system/app/" + app, map("is_active", false));
        assertThat(session(token).status()).isEqualTo(403);
        at.admin(Verb.PATCH, "system/app/" + app, map("is_active", true));
        holds(token);
        at.admin(Verb.DELETE, "system/app/" + app, null);
        assertThat(session(token).status()).isEqualTo(403);
    }

    @Test
    void withoutASessionTheTwoResourcesAnswerDifferently() {
        assertThat(at.failure(Verb.GET, "system/admin/session", Map.of(), null))
                .isEqualTo(ApiError.of(404, "No user session found."));
        assertThat(at.failure(Verb.GET, "user/session", Map.of(), null))
                .isEqualTo(ApiError.of(401, "There is no valid session for the current request."));
        assertThat(at.failure(Verb.GET, "system/admin/session", with(login().get("session_token")), null))
                .isEqualTo(ApiError.of(401, "You are not authorized to perform this action."));
    }

    @Test
    void tenFailuresInFifteenMinutesCloseTheDoor() {
        for (int i = 0; i < 10; i++) {
            assertThat(at.failure(Verb.POST, "user/session", Map.of(), map("email", JOE, "password", "x"))
                            .status())
                    .isEqualTo(401);
        }
        assertThatThrownBy(this::login).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.error().status()).isEqualTo(429);
            assertThat(e.headers()).containsEntry("Retry-After", "901");
        });
        at.clock.advance(Duration.ofMinutes(15));
        assertThat(login()).containsKey("session_token");
    }

    @Test
    void aNewPasswordNeedsTheOldOneAndEndsAllTokens() {
        Object token = login().get("session_token");
        Map<String, Object> change = map("old_password", PASSWORD, "new_password", "Another.Password.1");
        assertThat(at.failure(
                        Verb.POST,
                        "user/password",
                        with(token),
                        map("old_password", "x", "new_password", "y".repeat(16))))
                .isEqualTo(ApiError.of(400, "The password supplied does not match."));
        assertThat(at.failure(
                                Verb.POST,
                                "user/password",
                                with(token),
                                map("old_password", PASSWORD, "new_password", "y"))
                        .status())
                .isEqualTo(400);
        assertThat(at.failure(Verb.POST, "user/password", Map.of(), change).status())
                .isEqualTo(401);
        assertThat(at.failure(Verb.POST, "user/password", Map.of(), map("email", JOE))
                        .message())
                .isEqualTo("Not enough information provided to change password.");
        Map<?, ?> answer =
                (Map<?, ?>) Installation.tree(at.call(Verb.POST, "user/password?login=true", with(token), change));
        assertThat(answer.get("success")).isEqualTo(true);
        assertThat(session(token).status()).isEqualTo(403);
        holds(answer.get("session_token"));
        assertThat(at.login("user/session", JOE, "Another.Password.1", Map.of()))
                .containsKey("session_token");
    }

    @Test
    void aProfileIsSeenAndChanged() {
        Object token = login().get("session_token");
        assertThat(at.call(Verb.PUT, "user/profile", with(token), map("phone", "123", "is_active", false))
                        .status())
                .isEqualTo(200);
        assertThat((Map<?, ?>) Installation.tree(at.call(Verb.GET, "user/profile", with(token), null)))
                .satisfies(profile -> assertThat(profile.get("phone")).isEqualTo("123"))
                .satisfies(profile -> assertThat(profile.get("email")).isEqualTo(JOE));
        assertThat(at.failure(Verb.PUT, "user/profile", with(token), map("email", "new@example.com"))
                        .message())
                .isEqualTo("Current Password required to change email");
        Map<?, ?> answer = (Map<?, ?>) Installation.tree(at.call(
                Verb.PUT, "user/profile", with(token), map("email", "new@example.com", "current_password", PASSWORD)));
        holds(answer.get("session_token"));
        assertThat(session(token).status()).isEqualTo(403);
    }

    @Test
    void theFirstAdministratorIsMadeWithoutAnybody(@TempDir Path other) {
        try (Installation empty = new Installation(other)) {
            assertThat(empty.access.directory().anyAdministrator()).isFalse();
            assertThatThrownBy(() -> empty.access.directory().createAdministrator("a@b.c", "short"))
                    .hasMessageContaining("at least 16 characters");
            empty.access.directory().createAdministrator("jane.doe@example.com", PASSWORD);
            assertThat(empty.access.directory().anyAdministrator()).isTrue();
            empty.system.startAll();
            assertThat(empty.login("system/admin/session", "JANE.DOE@example.com", PASSWORD, Map.of()))
                    .containsEntry("first_name", "Jane")
                    .containsEntry("last_name", "Doe")
                    .containsEntry("name", "Jane Doe")
                    .containsEntry("is_sys_admin", true);
        }
    }
}
