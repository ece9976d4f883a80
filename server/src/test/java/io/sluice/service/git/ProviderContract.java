package io.sluice.service.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.service.CommitFeedback;
import io.sluice.service.CommitFeedback.State;
import io.sluice.service.CommitFeedback.Status;
import io.sluice.service.GitHost;
import io.sluice.service.GitHost.Ancestry;
import io.sluice.service.HookMaker;
import io.sluice.service.HookMaker.Made;
import io.sluice.service.TextSource.Reading;
import io.sluice.testing.FarHost;
import io.sluice.testing.SettableClock;
import io.sluice.testing.StubHost;
import io.sluice.testing.StubHost.Said;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every host with an API does alike. The host of each is a stub that answers with the examples of its published documentation, about
 * one repository: {@code acme/sales} with {@code orders.js} and {@code lib/money.js}, the commits {@link #OLD}, {@link #NEW} on
 * {@code main}, and {@link #OTHER} apart from it.
 */
abstract class ProviderContract {
    static final String OLD = "6104942438c14ec7bd21c6cd5bd995272b3faff6";
    static final String NEW = "ed899a2f4b50b4370feeea94676502b42383c746";
    static final String OTHER = "1a0b36b3cdad1d2ee32457c102a8c0b7056fa863";
    static final String GONE = "7b5c3cc8be40ee161ae89a06bba6229da1032a0c";
    static final String LFS =
            "version https://git-lfs.github.com/spec/v1\\noid sha256:1\\nsize 9\\n".translateEscapes();
    static final String BLOB = "79f7bbd25901e8334750839545a9bd021f0e4c83";
    static final String CANARY = "canary7f3a";
    static final URI DELIVERIES = URI.create("https://sluice.example.com/hooks/9");
    private static final Status PROMOTED = new Status(State.SUCCESS, "sluice", "3 scripts promoted");

    @TempDir
    Path root;

    final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));
    StubHost host;
    Calls service;

    abstract String type();

    /** The path of the API's root. */
    abstract String api();

    /** The config without {@code base_url}. */
    abstract Map<String, Object> config();

    /** Writes down the answers. */
    abstract void describe(StubHost host);

    /** The header that carries the credentials, and its value. */
    abstract Map.Entry<String, String> credentials();

    /** Whether the host tells the ids of blobs. */
    abstract boolean tellsBlobs();

    /** How the status of {@link #NEW} is posted: the address, and some of its fields. */
    abstract Map.Entry<String, Map<String, Object>> status();

    /** Where webhooks are listed, and which query asks for the first page. */
    abstract Map.Entry<String, String> hooks();

    /** A page with these webhooks. */
    abstract String hookPage(String hooks);

    /** One webhook as the host shows it, with the id that the host gives. */
    abstract Map.Entry<String, String> hook(String address);

    /** Some fields of the webhook that is written. */
    abstract Map<String, Object> written();

    /** The method that changes a webhook. */
    abstract String change();

    @BeforeEach
    void start() throws IOException {
        host = StubHost.start();
        describe(host);
        service = open(Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
        host.close();
    }

    Calls open(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>(config());
        config.put("base_url", host.uri() + api());
        config.putAll(more);
        return Calls.open(type(), root, NetLimits.DEFAULT, clock, config);
    }

    private GitHost git() {
        return (GitHost) service.service();
    }

    @Test
    void aTextComesWithItsCommit() {
        Reading.Found text = service.found("sales", "", "/orders.js");
        assertThat(text.text()).isEqualTo("return 1");
        assertThat(text.revision()).isEqualTo(NEW);
        assertThat(text.author()).contains("Ann Vale");
        assertThat(text.message()).contains("Count orders");
        assertThat(text.at()).isEqualTo("2026-01-02T10:00:00Z");
        assertThat(((Reading.Found) service.head("sales", "main")).text()).isEqualTo(NEW);
    }

    @Test
    void branchesTagsCommitsAndOtherOwnersAreFound() {
        assertThat(service.found("sales", "feature/x", "orders.js").text()).isEqualTo("return 0");
        assertThat(service.found("sales", "v1", "orders.js").text()).isEqualTo("return 0");
        assertThat(service.found("sales", OLD, "orders.js").revision()).isEqualTo(OLD);
        assertThat(service.found("acme/sales", "main", "lib/money.js").text()).isEqualTo("1");
    }

    @Test
    void whatIsNotThereIsMissing() {
        service.missing("nothing", "nothing", "", "orders.js");
        service.missing("dev", "sales", "dev", "orders.js");
        service.missing("sales@main:none.js", "sales", "main", "none.js");
        int before = host.asked().size();
        service.missing("plain names", "sales", "", "../../../user");
        service.missing("plain names", "../../user", "", "orders.js");
        service.missing("cannot be the name", "sales", "main..dev", "orders.js");
        assertThat(host.asked()).hasSize(before);
    }

    @Test
    void f18_aPointerToAFileElsewhereIsNoScript() {
        service.unfit("pointer to a file in Git LFS", "sales", "main", "lfs.js");
    }

    @Test
    void commitsStandBeforeAfterOrApart() {
        assertThat(git().ancestry("sales", NEW, NEW)).isEqualTo(Ancestry.SAME);
        assertThat(git().ancestry("sales", OLD, NEW)).isEqualTo(Ancestry.AFTER);
        assertThat(git().ancestry("sales", NEW, OLD)).isEqualTo(Ancestry.BEFORE);
        assertThat(git().ancestry("sales", OTHER, NEW)).isEqualTo(Ancestry.APART);
        assertThat(git().ancestry("sales", GONE, NEW)).isEqualTo(Ancestry.LOST);
        assertThat(git().ancestry("sales", NEW, GONE)).isEqualTo(Ancestry.UNKNOWN);
        host.always(Said.json(502, "{}"));
        assertThat(git().ancestry("sales", OLD, NEW)).isEqualTo(Ancestry.UNANSWERED);
        assertThat(git().ancestry("sales", GONE, NEW)).isEqualTo(Ancestry.UNANSWERED);
    }

    @Test
    void aCommitThatAPartOfTheHostDoesNotHaveYetIsLostThoughItIsKnownHere() {
        assertThat(git().head("sales", OTHER)).isInstanceOf(Reading.Found.class);
        host.lacks(OTHER);
        assertThat(git().ancestry("sales", OTHER, NEW)).isEqualTo(Ancestry.LOST);
    }

    @Test
    void aRepositoryHasOneNameAndADefaultBranch() {
        assertThat(git().fullName("Sales")).isEqualTo("acme/sales").isEqualTo(git().fullName("acme/sales"));
        assertThat(git().defaultBranch("sales")).contains("main");
        assertThat(git().defaultBranch("nothing")).isEmpty();
    }

    @Test
    void blobsAreTheIdsOfPlainFiles() {
        if (tellsBlobs()) {
            assertThat(git().blobs("sales", NEW).orElseThrow())
                    .isEqualTo(Map.of("orders.js", BLOB, "lib/money.js", GONE));
        } else {
            assertThat(git().blobs("sales", NEW)).isEmpty();
        }
        assertThat(git().blobs("nothing", NEW)).isEmpty();
    }

    @Test
    void theRestApiListsAndShows() throws IOException {
        assertThat(service.list("as_list=1", "_repo")).isEqualTo(List.of("sales"));
        assertThat(service.list("as_list=1", "_repo", "sales")).isEqualTo(List.of("lib", "orders.js"));
        assertThat(service.list("fields=path", "_repo", "sales", "lib"))
                .isEqualTo(List.of(Map.of("path", "lib/money.js")));
        assertThat(service.tree("branch=main", "_repo", "sales", "orders.js"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("path", "orders.js")
                .containsEntry("encoding", "base64")
                .containsEntry("content", "cmV0dXJuIDE=");
        assertThat(service.raw("content=true", "_repo", "acme/sales", "lib", "money.js"))
                .isEqualTo("1");
        Calls.fails(404, "There is no", () -> service.get("branch=main", "_repo", "sales", "none.js"));
    }

    @Test
    void branchesTagsAndCommitsLookAlikeAtAllHosts() {
        assertThat(service.list("", "_branch", "sales"))
                .isEqualTo(List.of(
                        Map.of("name", "feature/x", "commit", OLD, "is_default", false),
                        Map.of("name", "main", "commit", NEW, "is_default", true)));
        assertThat(service.list("", "_tag", "sales")).isEqualTo(List.of(Map.of("name", "v1", "commit", OLD)));
        assertThat(service.list("as_list=1&branch=main&per_page=2", "_commit", "sales"))
                .isEqualTo(List.of(NEW, OLD));
        assertThat(service.list("branch=main&per_page=2&path=orders.js", "_commit", "sales"))
                .isEqualTo(List.of(Map.of(
                        "name", NEW, "date", "2026-01-02T10:00:00Z", "author", "Ann Vale", "message", "Count orders")));
        Calls.fails(404, "is written as %2F", () -> service.get("", "_branch", "acme", "sales"));
        Calls.fails(404, "No repository is named", () -> service.get("", "_tag"));
    }

    @Test
    void whatIsKnownIsAskedForConditionally() {
        host.on("GET " + question(), answerOf(question()).with("ETag", "\"tag-1\""));
        assertThat(git().defaultBranch("sales")).contains("main");
        assertThat(git().defaultBranch("sales")).contains("main");
        assertThat(host.last().headers()).containsEntry("if-none-match", "\"tag-1\"");
    }

    /** The address that tells the default branch, and what it answers. */
    abstract String question();

    abstract Said answerOf(String question);

    @Test
    void everyCallCarriesTheCredentials() {
        service.found("sales", "main", "orders.js");
        service.list("", "_repo");
        assertThat(host.asked())
                .isNotEmpty()
                .allSatisfy(asked -> assertThat(asked.headers())
                        .containsEntry(credentials().getKey(), credentials().getValue())
                        .containsEntry("user-agent", "Sluice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "json", "list", "nothing", "broken"})
    void f16_answersThatAreNoneOfThisApiAreUnreachable(String what) {
        Map<String, Said> wrong = Map.of(
                "html", new Said(200, "Content-Type: text/html\r\n", "<html><body>Sign in</body></html>"),
                "json", Said.json("{\"message\": \"Something went wrong\"}"),
                "list", Said.json("[{\"id\": 1}]"),
                "nothing", Said.json(""),
                "broken", Said.json(502, "{}"));
        host.always(wrong.get(what));
        service.unreachable("127.0.0.1", "sales", "main", "orders.js");
        host.asWritten();
        assertThat(service.found("sales", "main", "orders.js").text()).isEqualTo("return 1");
    }

    @Test
    void f16_anAnswerThatBreaksOffIsUnreachable() {
        host.alwaysRaw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n[{");
        service.unreachable("broke off", "sales", "main", "orders.js");
    }

    @Test
    void f16_aPageInPlaceOfTheFileIsUnreachableThoughTheCommitIsKnown() {
        service.found("sales", NEW, "orders.js");
        host.always(new Said(200, "Content-Type: text/html\r\n", "<html><body>Sign in</body></html>"));
        service.unreachable("127.0.0.1", "sales", NEW, "orders.js");
    }

    @Test
    void f17_aRedirectElsewhereIsNotFollowed() throws IOException {
        try (FarHost other = FarHost.saying(200, "", "{}")) {
            for (String to : List.of(other.address(), "http://169.254.169.254/latest", "http://localhost:1")) {
                host.always(new Said(302, "Location: " + to + "/x\r\n", ""));
                service.unreachable("redirects to another host", "sales", "main", "orders.js");
            }
            assertThat(other.requests).isEmpty();
        }
        host.always(new Said(302, "Location: " + host.uri() + "/again\r\n", ""));
        service.unreachable("without end", "sales", "main", "orders.js");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 500})
    void f21_credentialsAreNeverShown(int status) {
        String echo = "{\"message\": \"no such token " + credentials().getValue() + " " + CANARY + "\"}";
        host.always(Said.json(status, echo));
        assertThat(service.read("sales", "main", "orders.js").toString()).doesNotContain(CANARY);
        assertThat(((CommitFeedback) service.service())
                        .tell("sales", NEW, PROMOTED)
                        .orElseThrow())
                .doesNotContain(CANARY);
        assertThat(make().toString()).doesNotContain(CANARY).doesNotContain("hook-secret");
        try {
            service.get("", "_repo", "sales");
        } catch (ApiException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            assertThat(e.error().status()).isEqualTo(502);
            assertThat(trace.toString()).doesNotContain(CANARY);
            return;
        }
        throw new AssertionError("a host that refuses is no success");
    }

    @Test
    void aHostThatAsksForPatienceIsLeftAloneSoLong() {
        host.always(Said.json(429, "{}").with("Retry-After", "30"));
        service.unreachable("not called before 2026-03-01T10:00:30Z", "sales", "main", "orders.js");
        host.asWritten();
        int before = host.asked().size();
        service.unreachable("rate limit", "sales", "main", "orders.js");
        Calls.fails(503, "rate limit", () -> service.get("", "_repo"));
        assertThat(((CommitFeedback) service.service()).tell("sales", NEW, PROMOTED))
                .isPresent();
        assertThat(host.asked()).hasSize(before);
        clock.advance(Duration.ofSeconds(31));
        assertThat(service.found("sales", "main", "orders.js").text()).isEqualTo("return 1");
    }

    @Test
    void momentsAndSecondsOfRateLimitsAreUnderstood() {
        host.always(Said.json(429, "{}").with("RateLimit-Reset", "40"));
        service.unreachable("before 2026-03-01T10:00:40Z", "sales", "main", "orders.js");
        clock.advance(Duration.ofMinutes(1));
        long reset = clock.instant().getEpochSecond() + 90;
        host.always(Said.json(403, "{}")
                .with("X-RateLimit-Remaining", "0")
                .with("X-RateLimit-Reset", Long.toString(reset)));
        service.unreachable("before 2026-03-01T10:02:30Z", "sales", "main", "orders.js");
    }

    @Test
    void aStatusIsPutBesideACommit() {
        host.on("POST " + api() + status().getKey(), Said.json(201, "{}"));
        CommitFeedback feedback = (CommitFeedback) service.service();
        assertThat(feedback.wanted()).isFalse();
        assertThat(feedback.tell("sales", NEW, PROMOTED)).isEmpty();
        assertThat(fields(host.last().body())).containsAllEntriesOf(status().getValue());
        assertThat(feedback.tell("sales", NEW, new Status(State.FAILURE, "sluice", "x".repeat(200))))
                .isEmpty();
        assertThat(fields(host.last().body()).get("description")).isEqualTo("x".repeat(139) + "…");
        assertThat(feedback.tell("sales", "main", PROMOTED).orElseThrow()).contains("not the id of a commit");
        try (Calls wanting = open(Map.of("commit_status", true))) {
            assertThat(((CommitFeedback) wanting.service()).wanted()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void whatTheTokenMayNotDoIsSaid(int status) {
        host.always(Said.json(status, "{}"));
        assertThat(((CommitFeedback) service.service())
                        .tell("sales", NEW, PROMOTED)
                        .orElseThrow())
                .contains("the token needs")
                .contains("status " + status);
        assertThat(make())
                .isInstanceOfSatisfying(
                        Made.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains("the webhook")
                                .contains("the token needs"));
    }

    private Made make() {
        return ((HookMaker) service.service()).make("sales", DELIVERIES, "hook-secret");
    }

    @Test
    void aWebhookIsMade() {
        String list = api() + hooks().getKey();
        host.on("GET " + list + hooks().getValue(), Said.json(hookPage("")));
        host.on("POST " + list, Said.json(201, hook(DELIVERIES.toString()).getValue()));
        assertThat(make()).isEqualTo(new Made.Ready(hook("").getKey(), true));
        assertThat(host.last().method()).isEqualTo("POST");
        assertThat(fields(host.last().body())).containsAllEntriesOf(written());
    }

    @Test
    void theWebhookWithThatAddressIsBroughtUpToDate() {
        String list = api() + hooks().getKey();
        String id = hook("").getKey();
        String place = list + "/" + Encoded.segment(id);
        host.on(
                "GET " + list + hooks().getValue(),
                Said.json(hookPage(hook(DELIVERIES.toString()).getValue())));
        host.on(change() + " " + place, Said.json(hook(DELIVERIES.toString()).getValue()));
        assertThat(make()).isEqualTo(new Made.Ready(id, false));
        assertThat(host.last().path()).isEqualTo(place);
        assertThat(fields(host.last().body())).containsAllEntriesOf(written());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> fields(String json) {
        return new JsonMapper().readValue(json, Map.class);
    }
}
