package io.sluice.script;

import io.sluice.api.Caller;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.engine.Engines;
import io.sluice.engine.PlatformCalls;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.script.ScriptDefinition.Link;
import io.sluice.script.ScriptDefinition.OnFetchError;
import io.sluice.script.Scripts.Ran;
import io.sluice.service.Catalogue;
import io.sluice.service.EventPath;
import io.sluice.service.OutboundRule;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.Services;
import io.sluice.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The room with a real store, a tiny engine, a source on strings, and time that stands still until moved. */
public final class Room implements AutoCloseable, Observe {
    static final long REPO = 7;
    static final long PLAIN = 9;
    public static final ScriptId A = ScriptId.event("db._table.a.get.post_process");
    public static final ScriptId B = ScriptId.event("db._table.b.get.post_process");

    public final TinyEngine engine = new TinyEngine();
    final PuppetSource source = new PuppetSource();
    final Time time = new Time();
    public final List<Observation> seen = new ArrayList<>();
    volatile Predicate<Observation> crashAt = one -> false;
    private volatile Runnable outside = () -> {};
    private final Path file;
    public final Services services = new Services(Duration.ZERO);
    Duration fetchTimeout = Duration.ofSeconds(30);
    int programs = 100;
    Surroundings around = Surroundings.NONE;
    public Store store;
    public Scripts scripts;

    public Room(Path folder) {
        file = folder.resolve("sluice.db");
        store = Store.open(file);
        services.register(new PuppetSource.Type("puppet", source));
        services.register(new PuppetSource.Type("plain", new PlainService()));
        services.start(new ServiceDefinition(REPO, "repo", "", "", "puppet", true, Map.of()));
        services.start(new ServiceDefinition(PLAIN, "plain", "", "", "plain", true, Map.of()));
        start();
    }

    Room fetchTimeout(Duration timeout) {
        fetchTimeout = timeout;
        start();
        return this;
    }

    /** As after the end of this server's process: nothing is left but the file. */
    void restart() {
        store.close();
        store = Store.open(file);
        time.deeds.clear();
        start();
    }

    private void start() {
        ScriptSettings settings = new ScriptSettings(
                time,
                time,
                new ScriptSettings.Sources(
                        fetchTimeout, Duration.ofSeconds(1), failures -> Duration.ofSeconds(failures * 10L)),
                new ScriptSettings.Bounds(programs, 1000, 64 << 20),
                Map.of("version", "9.9"),
                OutboundRule.PUBLIC_ONLY,
                around);
        scripts = new Scripts(store, new Engines(List.of(engine)), services, this, settings);
    }

    /** Done at each call out of the room: questions to the source, compilations, looks at the clock, observations. */
    void atEachStep(Runnable step) {
        outside = step;
        source.outside = step;
        engine.outside = step;
        time.outside = step;
    }

    @Override
    public void happened(Observation observation) {
        outside.run();
        synchronized (seen) {
            seen.add(observation);
            seen.notifyAll();
        }
        if (crashAt.test(observation)) {
            throw new Killed();
        }
    }

    /** Waits until something like that was observed. */
    void await(Predicate<Observation> wanted) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        synchronized (seen) {
            while (seen.stream().noneMatch(wanted)) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("not observed; seen: " + seen);
                }
                seen.wait(left);
            }
        }
    }

    <T extends Observation> List<T> seen(Class<T> kind) {
        synchronized (seen) {
            return seen.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    static ScriptDefinition stored(ScriptId id, String text) {
        return definition(id, text, null, OnFetchError.LAST_GOOD);
    }

    static ScriptDefinition linked(ScriptId id, String path) {
        return linked(id, path, OnFetchError.LAST_GOOD);
    }

    static ScriptDefinition linked(ScriptId id, String path, OnFetchError policy) {
        return definition(id, "", new Link(REPO, "sales", "main", path), policy);
    }

    static ScriptDefinition definition(ScriptId id, String text, Link link, OnFetchError policy) {
        return new ScriptDefinition(
                id,
                "nodejs",
                text,
                Optional.ofNullable(link),
                true,
                true,
                Map.of(),
                policy,
                OptionalLong.empty(),
                5000,
                128,
                "auto",
                false,
                List.of(),
 ScriptDefinition.ReleaseRule.WHOLE);
    }

    /** A bad text of it does not hold up the others of its push. */
    static ScriptDefinition alone(ScriptDefinition script) {
        Map<String, Object> fields = ScriptForm.fields(script);
        fields.put("release", "alone");
        return ScriptForm.read(script.id(), script.type(), script.active(), script.allowEventModification(), fields);
    }

    static ScriptDefinition linkedTo(String repository, String reference, ScriptId id, String path) {
        return definition(id, "", new Link(REPO, repository, reference, path), OnFetchError.LAST_GOOD);
    }

    /** What the branch of most tests tells when it was pushed to. */
    static final Push PUSH = new Push(REPO, "sales", "refs/heads/main", "webhook:test");

    static ScriptDefinition polled(ScriptDefinition script, long seconds) {
        return new ScriptDefinition(
                script.id(),
                script.type(),
                script.content(),
                script.link(),
                script.active(),
                script.allowEventModification(),
                script.config(),
                script.onFetchError(),
                OptionalLong.of(seconds),
                script.timeoutMillis(),
                script.memoryMegabytes(),
                script.isolation(),
                script.allowSystem(),
                script.outbound(),
 script.release());
    }

    public SavedScript create(ScriptDefinition script) {
        return store.write(tx -> scripts.create(tx, script, OptionalLong.of(1)));
    }

    SavedScript update(ScriptDefinition script) {
        return store.write(tx -> scripts.update(tx, script, OptionalLong.of(2)));
    }

    void delete(ScriptId id) {
        store.write(tx -> {
            scripts.delete(tx, id);
            return id;
        });
    }

    static final PlatformCalls NO_CALLS = request -> new PlatformCalls.Answer(200, "", "called", Map.of());

    public RunScope open() {
        return scripts.open(scope -> NO_CALLS);
    }

    Ran run(ScriptId id) {
        return run(id, open());
    }

    Ran run(ScriptId id, RunScope scope) {
        return scripts.run(id, scope, Caller.ANONYMOUS, new LinkedHashMap<>());
    }

    /** What the script returned. */
    String says(ScriptId id) {
        return says(run(id));
    }

    static String says(Ran ran) {
        return switch (ran) {
            case Ran.Completed done -> String.valueOf(done.value());
            case Ran.Failed failed ->
                failed.error().status() + " " + failed.error().message();
            case Ran.Skipped skipped -> "skipped";
        };
    }

    ScriptStatus status(ScriptId id) {
        return scripts.status(id).orElseThrow();
    }

    @Override
    public void close() {
        scripts.close();
        services.close();
        store.close();
    }

    /** The process ended there. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A clock and a timetable that tests move. */
    static final class Time extends Clock implements Timetable {
        record Deed(Instant due, Runnable what) {}

        private Instant now = Instant.parse("2026-11-24T10:00:00Z");
        final List<Deed> deeds = new ArrayList<>();
        volatile Runnable outside = () -> {};

        @Override
        public synchronized void in(Duration pause, Runnable deed) {
            deeds.add(new Deed(now.plus(pause), deed));
        }

        void pass(Duration time) {
            List<Deed> due;
            synchronized (this) {
                now = now.plus(time);
                due = deeds.stream().filter(deed -> !deed.due().isAfter(now)).toList();
                deeds.removeAll(due);
            }
            due.forEach(deed -> deed.what().run());
        }

        /** Until the looks that are planned; those of a second are of the run log. */
        synchronized List<Duration> pauses() {
            return deeds.stream()
                    .map(deed -> Duration.between(now, deed.due()))
                    .filter(pause -> pause.toSeconds() > 1)
                    .toList();
        }

        @Override
        public Instant instant() {
            outside.run();
            return read();
        }

        private synchronized Instant read() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    /** A service without texts. */
    private static final class PlainService implements Service {
        @Override
        public ServiceResult handle(ServiceRequest request) {
            throw new AssertionError("not called");
        }

        @Override
        public Catalogue catalogue() {
            return Catalogue.EMPTY;
        }

        @Override
        public List<EventPath> events(ServiceRequest request) {
            return List.of();
        }
    }
}
