package io.sluice.webhook;

import io.sluice.api.ApiException;
import io.sluice.api.Content;
import io.sluice.api.Headers;
import io.sluice.api.RawExchange;
import io.sluice.observe.Observation;
import io.sluice.script.Room;
import io.sluice.script.ScriptDefinition;
import io.sluice.script.ScriptDefinition.Link;
import io.sluice.script.ScriptDefinition.OnFetchError;
import io.sluice.script.ScriptDefinition.ReleaseRule;
import io.sluice.script.ScriptId;
import io.sluice.script.Timetable;
import io.sluice.service.ServiceDefinition;
import io.sluice.store.Secrets;
import io.sluice.testing.Eventually;
import io.sluice.testing.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The room over a real store and real scripts, with a Git host, a clock and retries that tests move. */
final class HookRoom implements AutoCloseable {
    static final long GIT = 21;
    static final String SECRET = "canary-5e1f-hush-hush";
    static final String REPOSITORY = "acme/sales";
    static final ScriptId ORDERS = ScriptId.event("db._table.orders.get.post_process");
    private static final AtomicInteger NAMES = new AtomicInteger();

    final Room room;
    final StubHost host = new StubHost();
    final SettableClock clock = new SettableClock(Instant.parse("2026-05-01T10:00:00Z"));
    final List<Observation> seen = new CopyOnWriteArrayList<>();
    final List<Runnable> later = new CopyOnWriteArrayList<>();
    final List<Webhooks> opened = new ArrayList<>();
    Webhooks webhooks;

    HookRoom(Path folder) {
        room = new Room(folder);
        room.services.register(host.type("github"));
        room.services.start(new ServiceDefinition(GIT, "repo", "", "", "github", true, Map.of()));
        webhooks = open();
    }

    /** Of a process that has just started on the same system database; the one before is not told. */
    Webhooks open() {
        Timetable timetable = (pause, deed) -> later.add(deed);
        Webhooks made = new Webhooks(
                room.store,
                new Secrets("a secret of this test"),
                room.services,
                room.scripts,
                seen::add,
                new WebhookSettings(
                        clock, 3, 8, failures -> Duration.ofSeconds(failures), timetable, Optional.empty()));
        opened.add(made);
        return made;
    }

    /** Links a script to a file of the repository and makes what is there live. */
    void link(ScriptId id, String repository, String path) {
        room.create(new ScriptDefinition(
                id,
                "nodejs",
                "",
                Optional.of(new Link(GIT, repository, "main", path)),
                true,
                true,
                Map.of(),
                OnFetchError.LAST_GOOD,
                OptionalLong.empty(),
                5000,
                128,
                "auto",
                false,
                List.of(),
                ReleaseRule.WHOLE));
        room.scripts.refresh(id);
    }

    int version(ScriptId id) {
        return room.scripts.release().version(id).orElseThrow().number();
    }

    /** A webhook of GitHub for any repository, with those fields more; its id. */
    long hook(Object... more) {
        Map<String, Object> fields = new LinkedHashMap<>(Map.of(
                "name",
                "hook " + NAMES.incrementAndGet(),
                "provider",
                "github",
                "service_id",
                GIT,
                "secret",
                SECRET,
                "is_active",
                true));
        fields.put("created_date", "2026-05-01T10:00:00Z");
        fields.put("last_modified_date", "2026-05-01T10:00:00Z");
        for (int i = 0; i < more.length; i += 2) {
            fields.put((String) more[i], more[i + 1]);
        }
        return (Long)
                room.store.write(tx -> webhooks.records().create(tx, fields)).get("id");
    }

    /** What a delivery was answered. */
    record Answer(int status, String verdict) {}

    Answer push(long hook, String name) {
        return push(hook, name, REPOSITORY, "refs/heads/main");
    }

    Answer push(long hook, String name, String repository, String reference) {
        return send(hook, name, "push", body(repository, reference));
    }

    static String body(String repository, String reference) {
        return """
            {"ref": "%s", "before": "%s", "after": "%s", "repository": {"full_name": "%s"},
             "commits": [{"added": [], "modified": ["orders.js"], "removed": []}]}""".formatted(reference, "1".repeat(40), "2".repeat(40), repository);
    }

    Answer send(long hook, String name, String event, String body) {
        return send(
                hook,
                body,
                Map.of(
                        "X-GitHub-Event",
                        event,
                        "X-GitHub-Delivery",
                        name,
                        "X-Hub-Signature-256",
                        "sha256=" + sign(SECRET, body)));
    }

    Answer send(long hook, String body, Map<String, String> headers) {
        Headers.Builder all = Headers.builder().add("Content-Type", "application/json");
        headers.forEach(all::add);
        RawExchange exchange = new RawExchange(
                "POST", "/hooks/" + hook, "", all.build(), body.getBytes(StandardCharsets.UTF_8), "203.0.113.7");
        try {
            webhooks.admit(exchange);
            var answer = webhooks.answer(exchange);
            Map<?, ?> tree = (Map<?, ?>) ((Content.Tree) answer.content()).value();
            return new Answer(answer.status(), String.valueOf(tree.get("verdict")));
        } catch (ApiException e) {
            return new Answer(e.error().status(), e.error().message());
        }
    }

    static String sign(String secret, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The delivery log, oldest first. */
    List<Map<String, Object>> log(long hook) {
        List<Map<String, Object>> lines =
                new ArrayList<>(webhooks.records().deliveries(hook, 0, 100_000).deliveries());
        return lines.reversed();
    }

    List<Object> verdicts(long hook) {
        return log(hook).stream().map(line -> line.get("verdict")).toList();
    }

    /** Waits until all that was accepted is done. */
    void settled(long hook) {
        Eventually.is(
                "all deliveries are done",
                () -> log(hook).stream().allMatch(line -> Boolean.TRUE.equals(line.get("done"))));
    }

    /** The pauses before further tries are over. */
    void tryAgain() {
        List<Runnable> due = new ArrayList<>(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    <T extends Observation> List<T> seen(Class<T> kind) {
        return seen.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() {
        host.letGo();
        opened.forEach(Webhooks::close);
        room.close();
    }
}
