package io.sluice.call;

import static io.sluice.call.KeyedCalls.named;
import static io.sluice.call.KeyedCalls.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.ApiRequest;
import io.sluice.api.AuthorisedRequest;
import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.Rights;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Effects;
import io.sluice.store.Secrets;
import io.sluice.store.Store;
import io.sluice.testing.SettableClock;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key does, call by call, over a real system database. */
class F48_IdempotencyKeyTest {
    private static final Secrets SECRETS = new Secrets("a secret of this test");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-05-01T10:00:00Z"));
    private final AtomicInteger effects = new AtomicInteger();
    private Store store;
    private Idempotency calls;

    @BeforeEach
    void open() {
        store = Store.open(folder.resolve("system.db"));
        calls = idempotency(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Idempotency idempotency(Store over) {
        return new Idempotency(over, SECRETS, clock, Duration.ofHours(24));
    }

    private static AuthorisedRequest call(Caller caller, Verb verb, String path, String key, String body) {
        int slash = path.indexOf('/');
        int query = path.indexOf('?');
        ApiRequest request = new ApiRequest(
                verb,
                "2",
                path.substring(0, slash),
                ResourcePath.of(path.substring(slash + 1, query < 0 ? path.length() : query)),
                Parameters.parse(query < 0 ? "" : path.substring(query + 1)),
                key == null ? Headers.NONE : Headers.of(Map.of("Idempotency-Key", key)),
                Body.raw(body.getBytes(StandardCharsets.UTF_8), "application/json"),
                "/api/v2/" + path,
                "203.0.113.7",
                false);
        return new AuthorisedRequest(request, caller, Rights.ALL);
    }

    private static AuthorisedRequest post(String key, String body) {
        return call(person(1, false), Verb.POST, "db/_table/contact", key, body);
    }

    private ServiceResult effect() {
        return ServiceResult.ok(Map.of("n", effects.incrementAndGet()));
    }

    private ServiceResult once(AuthorisedRequest call) {
        return calls.once(call, this::effect);
    }

    private static Object tree(ServiceResult result) {
        return ((Content.Tree) result.content()).value();
    }

    private ApiError refused(AuthorisedRequest call) {
        return catchThrowableOfType(ApiException.class, () -> once(call)).error();
    }

    @Test
    void a_repeated_call_has_one_effect_and_the_same_answer() {
        ServiceResult made = calls.once(post("k1", "{}"), () -> {
            effects.incrementAndGet();
            return new ServiceResult(
                    201,
                    new Content.Tree(Map.of("big", 9007199254740993L, "list", List.of(1.5, "ä", true))),
                    "text/plain",
                    Map.of("X-Made", "yes"));
        });
        ServiceResult again = once(post("k1", "{}"));
        assertThat(effects).hasValue(1);
        assertThat(again.status()).isEqualTo(201);
        assertThat(tree(again).toString()).isEqualTo(tree(made).toString()).contains("9007199254740993", "ä");
        assertThat(again.contentType()).isEqualTo("text/plain");
        assertThat(again.headers()).isEqualTo(Map.of("X-Made", "yes", "Idempotency-Replayed", "true"));
        assertThat(made.headers()).doesNotContainKey("Idempotency-Replayed");
    }

    @Test
    void an_error_of_the_caller_is_an_answer_too() {
        Supplier<ServiceResult> refusing = () -> {
            effects.incrementAndGet();
            throw ApiException.badRequest("No.");
        };
        ServiceResult first = calls.once(post("k1", "{}"), refusing);
        ServiceResult second = calls.once(post("k1", "{}"), refusing);
        assertThat(effects).hasValue(1);
        assertThat(second.status()).isEqualTo(400);
        assertThat(tree(second)).isEqualTo(tree(first));
    }

    @Test
    void a_failure_before_anything_was_done_frees_the_key() {
        for (int status : List.of(500, 503, 504)) {
            AuthorisedRequest call = post("k" + status, "{}");
            assertThat(calls.once(call, () -> ServiceResult.error(ApiError.of(status, "Later.")))
                            .status())
                    .isEqualTo(status);
            ServiceResult thrown = calls.once(call, () -> {
                throw ApiException.unavailable("database_busy", "Busy.", 5, null);
            });
            assertThat(thrown.headers()).containsEntry("Retry-After", "5");
            assertThatThrownBy(() -> calls.once(call, () -> {
                        throw new IllegalStateException("a defect");
                    }))
                    .hasMessage("a defect");
            assertThat(once(call).headers()).isEmpty();
        }
        assertThat(effects).hasValue(3);
    }

    @Test
    void a_failure_after_the_work_began_leaves_the_outcome_unknown() {
        List<Supplier<ServiceResult>> failures = List.of(
                () -> ServiceResult.error(ApiError.of(500, "A script failed.")),
                () -> ServiceResult.error(ApiError.of(503, "Not known whether this change was made.")),
                () -> {
                    throw ApiException.unavailable("database_unavailable", "Broke.", 5, null);
                },
                () -> {
                    throw new IllegalStateException("a defect");
                });
        for (int i = 0; i < failures.size(); i++) {
            AuthorisedRequest call = post("k" + i, "{}");
            Supplier<ServiceResult> failure = failures.get(i);
            Supplier<ServiceResult> begun = () -> {
                Effects.begin();
                effects.incrementAndGet();
                return failure.get();
            };
            try {
                assertThat(calls.once(call, begun).status()).isGreaterThanOrEqualTo(500);
            } catch (IllegalStateException defect) {
                assertThat(defect).hasMessage("a defect");
            }
            assertThat(refused(call).status()).isEqualTo(409);
            assertThat(refused(call).context()).isEqualTo(Map.of("reason", "idempotency_outcome_unknown"));
        }
        assertThat(effects).hasValue(failures.size());
    }

    @Test
    void what_the_server_cannot_do_is_an_answer() {
        Supplier<ServiceResult> cannot = () -> {
            Effects.begin();
            throw ApiException.notImplemented("No.");
        };
        calls.once(post("k1", "{}"), cannot);
        assertThat(once(post("k1", "{}")).status()).isEqualTo(501);
        assertThat(effects).hasValue(0);
    }

    @Test
    void another_request_with_the_key_is_refused() {
        once(post("k1", "{\"a\":1}"));
        for (AuthorisedRequest other : List.of(
                post("k1", "{\"a\":2}"),
                call(person(1, false), Verb.PATCH, "db/_table/contact", "k1", "{\"a\":1}"),
                call(person(1, false), Verb.POST, "db/_table/other", "k1", "{\"a\":1}"),
                call(person(1, false), Verb.POST, "db/_table/contact?fields=*", "k1", "{\"a\":1}"))) {
            assertThat(refused(other))
                    .matches(error -> error.status() == 422)
                    .extracting(ApiError::context)
                    .isEqualTo(Map.of("reason", "idempotency_key_reused"));
        }
        assertThat(effects).hasValue(1);
    }

    @Test
    void the_name_of_a_file_in_a_header_is_part_of_the_request() {
        for (String header : List.of("X-File-Name", "X-Folder-Name")) {
            once(named(header, "a.txt"));
            once(named(header, "a.txt"));
            assertThat(refused(named(header, "b.txt")).status()).isEqualTo(422);
        }
        assertThat(effects).hasValue(2);
    }

    @Test
    void a_renewed_token_does_not_make_it_another_request() {
        once(call(person(1, false), Verb.POST, "db/_table/c?session_token=a&x=1", "k1", "{}"));
        once(call(person(1, false), Verb.POST, "db/_table/c?x=1&session_token=b", "k1", "{}"));
        assertThat(effects).hasValue(1);
    }

    @Test
    void a_key_belongs_to_its_caller_and_service() {
        once(post("k1", "{}"));
        once(call(person(2, false), Verb.POST, "db/_table/contact", "k1", "{}"));
        once(call(person(1, true), Verb.POST, "db/_table/contact", "k1", "{}"));
        once(call(person(1, false), Verb.POST, "other/_table/contact", "k1", "{}"));
        assertThat(effects).hasValue(4);
    }

    @Test
    void while_the_first_is_under_way_others_are_told_so() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread first = Thread.startVirtualThread(() -> calls.once(post("k1", "{}"), () -> {
            inside.countDown();
            await(goOn);
            return effect();
        }));
        await(inside);
        ApiException e = catchThrowableOfType(ApiException.class, () -> once(post("k1", "{}")));
        assertThat(e.error().status()).isEqualTo(409);
        assertThat(e.error().context()).isEqualTo(Map.of("reason", "idempotency_call_running"));
        assertThat(e.headers()).containsKey("Retry-After");
        assertThat(refused(post("k1", "other")).status()).isEqualTo(422);
        once(post("k2", "{}"));
        goOn.countDown();
        first.join();
        assertThat(once(post("k1", "{}")).headers()).containsKey("Idempotency-Replayed");
        assertThat(effects).hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void after_a_crash_in_between_the_outcome_is_unknown_and_nothing_is_done_again() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Thread dying = Thread.startVirtualThread(() -> assertThatThrownBy(() -> calls.once(post("k1", "{}"), () -> {
                    inside.countDown();
                    await(never);
                    throw new IllegalStateException("the process is gone");
                }))
                .hasMessage("the process is gone"));
        await(inside);
        // What a new process finds: the same file, nothing in memory.
        try (Store later = Store.open(folder.resolve("system.db"))) {
            calls = idempotency(later);
            assertThat(refused(post("k1", "{}")).context()).isEqualTo(Map.of("reason", "idempotency_outcome_unknown"));
            assertThat(refused(post("k1", "{}")).status()).isEqualTo(409);
            assertThat(refused(post("k1", "other")).status()).isEqualTo(422);
            once(post("k2", "{}"));
            assertThat(effects).hasValue(1);
        }
        never.countDown();
        dying.join();
    }

    @Test
    void answers_outlive_a_restart() {
        once(post("k1", "{}"));
        store.close();
        store = Store.open(folder.resolve("system.db"));
        calls = idempotency(store);
        assertThat(once(post("k1", "{}")).headers()).containsKey("Idempotency-Replayed");
        assertThat(effects).hasValue(1);
    }

    @Test
    void a_key_is_forgotten_after_a_day_and_its_row_goes() {
        once(post("k1", "{}"));
        clock.advance(Duration.ofHours(23));
        once(post("k1", "{}"));
        assertThat(effects).hasValue(1);
        clock.advance(Duration.ofHours(2));
        once(post("k1", "{}"));
        assertThat(effects).hasValue(2);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void old_rows_go_in_small_steps() {
        for (int i = 0; i < 150; i++) {
            once(post("old" + i, "{}"));
        }
        clock.advance(Duration.ofHours(25));
        once(post("new1", "{}"));
        assertThat(rows()).isEqualTo(51);
        once(post("new2", "{}"));
        assertThat(rows()).isEqualTo(2);
    }

    private long rows() {
        return store.read(tx -> tx.one("select count(*) from idempotent_call", row -> row.getLong(1)))
                .orElseThrow();
    }

    @Test
    void neither_key_nor_answer_stand_in_the_database() {
        calls.once(post("the-key", "{}"), () -> ServiceResult.ok(Map.of("v", "the-answer")));
        String all = store.read(tx -> tx.list(
                        "select call_key || request_hash || answer from idempotent_call", row -> row.getString(1)))
                .toString();
        assertThat(all).doesNotContain("the-key", "the-answer");
    }

    @Test
    void what_cannot_be_kept_is_not_made_again() {
        ServiceResult large = ServiceResult.ok("x".repeat((1 << 20) + 1));
        ServiceResult bytes = ServiceResult.of(
                200, new Content.Bytes(() -> InputStream.nullInputStream(), 0, "application/octet-stream"));
        for (ServiceResult answer : List.of(large, bytes)) {
            String key = "k" + answer.content().getClass().getSimpleName();
            assertThat(calls.once(post(key, "{}"), () -> answer)).isSameAs(answer);
            assertThat(refused(post(key, "{}")).context()).isEqualTo(Map.of("reason", "idempotency_answer_not_kept"));
        }
        assertThat(effects).hasValue(0);
    }

    @Test
    void where_the_header_says_nothing() {
        List<AuthorisedRequest> plain = List.of(
                post(null, "{}"),
                call(person(1, false), Verb.GET, "db/_table/contact", "k1", ""),
                call(person(1, true), Verb.POST, "system/admin/session", "k1", "{}"),
                call(person(1, true), Verb.POST, "user/session", "k1", "{}"),
                call(Caller.ANONYMOUS, Verb.POST, "db/_table/contact", "k1", "{}"));
        for (AuthorisedRequest call : plain) {
            effects.set(0);
            once(call);
            once(call);
            assertThat(effects).as(call.request().uri()).hasValue(2);
        }
        assertThat(rows()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ä", "tab\there", "\u0000", "new\nline"})
    void keys_are_printable_ascii(String key) {
        assertThat(refused(post(key, "{}")).status()).isEqualTo(400);
        assertThat(refused(post("x".repeat(256), "{}")).status()).isEqualTo(400);
        once(post("x".repeat(255), "{}"));
        assertThat(effects).hasValue(1);
    }
}
