package io.sluice.script;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.engine.Engines;
import io.sluice.engine.Language;
import io.sluice.engine.PlatformCalls;
import io.sluice.observe.Observe;
import io.sluice.outbound.OutboundClient;
import io.sluice.script.ScriptRecords.Kept;
import io.sluice.service.Services;
import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The door of this room. Thread-safe.
 *
 * <p>Records are saved within the caller's transaction; everything else follows its commit. Nothing here reads a linked service
 * inside a transaction, and saving never does.
 */
public final class Scripts implements AutoCloseable {
    /** Programs with values of lookups in them. */
    private static final int FILLED_PROGRAMS = 64;

    private final Store store;
    private final ScriptSettings settings;
    private final Definitions definitions = new Definitions();
    private final Cells cells = new Cells();
    private final Languages languages;
    private final Texts texts;
    private final Programs programs;
    private final Programs filled;
    private final Shelf shelf;
    private final Flights flights;
    private final Clearing clearing;
    private final Records records;
    private final Rollbacks rollbacks;
    private final Concern concern;
    private final Looks looks;
    private final Runner runner;
    private final Drafts drafts;
    private final DryRuns dryRuns;
    private final OutboundClient outbound = new OutboundClient();
    private final RunsUnderWay underWay;
    private final Masking masking;

    /** Takes over the last release from the system database; asks no source. */
    public Scripts(Store store, Engines engines, Services services, Observe observe, ScriptSettings settings) {
        this.store = store;
        this.settings = settings;
        this.languages = new Languages(engines);
        this.texts = new Texts(services, engines, settings.clock());
        this.programs = new Programs(engines, settings.bounds().programs());
        this.shelf = new Shelf(store.read(this::restore));
        Judge judge = new Judge(programs, languages);
        Finder finder = new Finder(store, texts, judge, shelf, observe, settings.clock());
        Refresher refresher = new Refresher(store, texts, finder, shelf, observe, settings);
        this.concern = new Concern(definitions, services);
        Background background = new Background(definitions, concern, cells, settings);
        this.flights = new Flights(refresher, background::plan);
        background.through(flights);
        this.clearing = new Clearing(store, definitions, cells, shelf, flights, background, observe);
        Validation validation = new Validation(languages, services);
        this.records = new Records(store, validation, definitions, cells, shelf, flights, background, settings.clock());
        this.rollbacks =
                new Rollbacks(store, definitions, cells, shelf, programs, background, observe, settings.clock());
        this.looks = new Looks(store, concern, cells, flights);
        Loader loader = new Loader(shelf, flights, texts, observe, settings);
        RunLog log = new RunLog(observe, settings.clock(), settings.timetable());
        this.filled = new Programs(engines, FILLED_PROGRAMS);
        KeyValueRecords values =
                new KeyValueRecords(store, settings.clock(), settings.bounds().storeBytes());
        Outside outside = new Outside(outbound, settings.outbound(), values);
        this.drafts = new Drafts(store, definitions, texts, languages, shelf);
        this.dryRuns = new DryRuns(engines, settings.platformConfig());
        this.underWay = new RunsUnderWay(settings.bounds().queue());
        this.masking = new Masking(services);
        this.runner =
                new Runner(loader, programs, filled, masking, languages, log, observe, underWay, settings, outside);
        cells.of(definitions.all().stream().map(SavedScript::id).toList()).forEach(background::plan);
    }

    private Snapshot restore(Tx tx) {
        List<Kept> all = ScriptRecords.all(tx);
        definitions.put(all.stream().map(Kept::saved).toList());
        all.forEach(cells::of);
        return Snapshot.kept(tx, all);
    }

    /** The scope of a call off the wire, on the release of now. */
    public RunScope open(Function<RunScope, PlatformCalls> calls) {
        return open(calls, 0);
    }

    /** The scope of a queued run. */
    public RunScope open(Function<RunScope, PlatformCalls> calls, int queuedBefore) {
        return new RunScope(new Pins(shelf.now(), queuedBefore), 0, Long.MAX_VALUE, calls);
    }

    /** Whether any active event script is named after that service, in lower case. Costs nothing; asked by every call. */
    public boolean listensTo(String service) {
        return definitions.listensTo(service);
    }

    /** Whether that script exists and is active. */
    public boolean isActive(ScriptId id) {
        return definitions.find(id).filter(ScriptDefinition::active).isPresent();
    }

    /**
     * Does the work of a call that scripts listen to, all of it counted as one among those that wait for scripts. When these are too
     * many it is a 503, and nothing is done.
     */
    public <T> T within(RunScope scope, Supplier<T> call) {
        return switch (underWay.enter(scope)) {
            case NOW -> {
                try {
                    yield call.get();
                } finally {
                    underWay.leave(scope);
                }
            }
            case BEFORE -> call.get();
            case FULL -> {
                Loader.Loaded.Unavailable crowded = OnFailure.crowded(underWay.most());
                throw new ApiException(crowded.error(), crowded.headers(), null);
            }
        };
    }

    /** The number of the version that this call runs; empty when its source has to be looked at first. */
    public OptionalInt settledVersion(ScriptId id, RunScope scope) {
        return scope.pins().settled(id) instanceof Loader.Loaded.Ready(Version version)
                ? OptionalInt.of(version.number())
                : OptionalInt.empty();
    }

    /**
     * Runs a script: from the cache, or after its first fetch, under its limits. {@code event} is changed in place.
     *
     * @param caller whose call it serves; the script sees the session without its secrets
     */
    public Ran run(ScriptId id, RunScope scope, Caller caller, Map<String, @Nullable Object> event) {
        return run(id, scope, caller, event, true);
    }

    /** @param print whether the lines that it prints go to the log */
    public Ran run(ScriptId id, RunScope scope, Caller caller, Map<String, @Nullable Object> event, boolean print) {
        Optional<ScriptDefinition> script = definitions.find(id);
        Optional<Cell> cell = cells.find(id);
        if (script.isEmpty() || cell.isEmpty()) {
            return id.kind() == ScriptId.Kind.EVENT
                    ? new Ran.Skipped("it was deleted while the call was under way")
                    : new Ran.Failed(ApiError.of(404, "There is no script " + id + "."));
        }
        return runner.run(cell.get(), script.get(), scope, caller, event, print);
    }

    /**
     * The text that a dry run is asked for, read if need be. 404 when there is no such script or version, 503 when it cannot be read;
     * a given text needs no record.
     */
    public Draft draft(ScriptId id, Draft.Which which) {
        return drafts.of(id, which);
    }

    /** Runs drafts. */
    public DryRuns dryRuns() {
        return dryRuns;
    }

    /** The same words without the secrets that a run for that caller may have seen: for words that are kept. */
    public String masked(ScriptId id, Caller caller, String words) {
        List<String> secrets = definitions.find(id).stream()
                .flatMap(script -> script.declaredLookups().stream())
                .flatMap(name -> settings.around().secretLookup(name).stream())
                .toList();
        return masking.text(words, caller, secrets);
    }

    /** What came of running a script. */
    public sealed interface Ran {
        /** It ran. {@code returned}: the script gave a value back. */
        record Completed(
                ScriptDefinition script,
                boolean returned,
                @Nullable Object value) implements Ran {}

        /**
         * It threw, returned an error, hit a limit, or cannot be loaded and may not be skipped.
         *
         * @param headers go out with the answer: {@code Retry-After}
         * @param busy it did not begin, since no place was free for it
         */
        record Failed(ApiError error, Map<String, String> headers, boolean busy) implements Ran {
            public Failed(ApiError error) {
                this(error, Map.of(), false);
            }

            public ApiException exception() {
                return new ApiException(error, headers, null);
            }
        }

        /** Its text cannot be had and its record says {@code skip}; logged. */
        record Skipped(String why) implements Ran {}
    }

    /**
     * Makes a record. An unknown language, a link to what is no text source, or a taken name is a 400. The text
     * is never a reason to refuse, and is not fetched.
     *
     * @param by the id of the person who does it, when known
     */
    public SavedScript create(Tx tx, ScriptDefinition script, OptionalLong by) {
        return records.create(tx, script, by);
    }

    /** Replaces a record; 404 when there is none, otherwise like {@link #create}. */
    public SavedScript update(Tx tx, ScriptDefinition script, OptionalLong by) {
        return records.update(tx, script, by);
    }

    /** Deletes a record with all its versions; 404 when there is none. */
    public void delete(Tx tx, ScriptId id) {
        records.delete(tx, id);
    }

    /** Gives a script another name; its versions go along. */
    public void rename(Tx tx, ScriptId from, ScriptId to) {
        records.rename(tx, from, to);
    }

    /** All records as committed, by id. */
    public List<SavedScript> definitions() {
        return definitions.all();
    }

    /** All records as this transaction sees them, by id. */
    public List<SavedScript> definitions(Tx tx) {
        return ScriptRecords.all(tx).stream().map(Kept::saved).toList();
    }

    public Optional<SavedScript> definition(ScriptId id) {
        return definitions.saved(id);
    }

    /** The record as this transaction sees it. */
    public Optional<SavedScript> definition(Tx tx, ScriptId id) {
        return ScriptRecords.find(tx, id).map(Kept::saved);
    }

    /** The languages that a record may name, those that this server only knows of included. */
    public List<Language> languages() {
        return languages.all();
    }

    /** Why scripts in that language cannot run here, in words that say what to do; empty when they can. */
    public Optional<String> missing(String language) {
        return languages.missing(language);
    }

    /** Whether an engine runs that language, by name or alias. */
    public boolean runs(String language) {
        return languages.runs(language);
    }

    /**
     * Declares the cached text old: the next call looks at the source. Harmless for stored text.
     *
     * @param by who asked, for the log: {@code webhook:github delivery=72d3162e}
     * @return false when there is no such script
     */
    public boolean clear(ScriptId id, String by) {
        return clearing.one(id, by);
    }

    /** Declares all cached texts old; how many that were. */
    public int clearAll(String by) {
        return clearing.all(by);
    }

    /** Declares the cached texts of all those old; their ids in order. */
    public List<ScriptId> clear(Predicate<ScriptDefinition> chosen, String by) {
        return clearing.those(chosen, by);
    }

    /** To be called when the config of a storage or Git service has changed: the texts that came from it are old. */
    public int serviceChanged(long serviceId) {
        return clearing.linkedTo(serviceId, "service " + serviceId + " changed");
    }

    /** The scripts that are linked to that service, as {@code event:NAME} or {@code service:NAME}. */
    public List<String> linkedTo(long serviceId) {
        return definitions.linked(Optional.of(serviceId)).stream()
                .map(script -> script.id().toString())
                .toList();
    }

    /** Looks at the source now and waits for what comes of it; 404 when there is no such script. Not inside a transaction. */
    public Refreshed refresh(ScriptId id) {
        return Optional.ofNullable(refresh(List.of(id)).get(id)).orElseThrow(() -> Records.unknown(id));
    }

    /**
     * Looks at several sources now, those of one branch at one commit, and promotes everything new in one swap. Unknown scripts are
     * missing from the answer. Not inside a transaction.
     */
    public Map<ScriptId, Refreshed> refresh(Collection<ScriptId> ids) {
        return looks.look(ids, Manner.ON_REQUEST).scripts();
    }

    /** The scripts that are linked to what a push claims to have changed, by id. Asks no source for a text. */
    public List<ScriptId> concerned(Push push) {
        return concern.of(push);
    }

    /** Looks at all that a push concerns, at one commit, and moves it as one release. Waits for it. Not inside a transaction. */
    public Pushed push(Push push) {
        return looks.follow(push);
    }

    /** The kept versions, newest first. */
    public List<Version> versions(ScriptId id) {
        return store.read(tx -> VersionRecords.all(tx, id));
    }

    public Optional<Version> version(ScriptId id, int number) {
        return store.read(tx -> VersionRecords.find(tx, id, number));
    }

    /** Makes a kept version current, at once and without any source: 404 when it is not kept, 409 when it does not compile. */
    public Refreshed.Promoted rollback(ScriptId id, int number, OptionalLong by) {
        return rollback(id, number, by, (tx, script, text) -> {});
    }

    public Refreshed.Promoted rollback(ScriptId id, int number, OptionalLong by, Alongside alongside) {
        return rollbacks.to(id, number, by, alongside);
    }

    /** Takes back all that came with a promotion and is current, or nothing: 404 when nothing is, 409 when something cannot be. */
    public List<Refreshed.Promoted> rollback(long promotion, OptionalLong by, Alongside alongside) {
        return rollbacks.before(promotion, by, alongside);
    }

    /** How all scripts stand, by id. */
    public List<ScriptStatus> statuses() {
        Release release = release();
        return definitions.all().stream()
                .flatMap(saved -> cells.find(saved.id()).stream().map(cell -> status(saved, cell, release)))
                .toList();
    }

    public Optional<ScriptStatus> status(ScriptId id) {
        return definitions.saved(id).flatMap(saved -> cells.find(id).map(cell -> status(saved, cell, release())));
    }

    private ScriptStatus status(SavedScript saved, Cell cell, Release release) {
        Cell.Standing standing = cell.standing();
        return new ScriptStatus(
                saved.definition(),
                texts.where(saved.definition()),
                release.version(saved.id()),
                standing.promotion(),
                standing.state(),
                standing.lastError(),
                cell.stats().figures());
    }

    /** The release of now. */
    public Release release() {
        return shelf.now().release();
    }

    /** The last 50 runs on this node, newest first; empty when there is no such script. */
    public List<RunStats.Report> log(ScriptId id) {
        return cells.find(id).map(cell -> cell.stats().last()).orElse(List.of());
    }

    @Override
    public void close() {
        settings.timetable().close();
        programs.close();
        filled.close();
        outbound.close();
    }
}
