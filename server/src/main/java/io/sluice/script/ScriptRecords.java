package io.sluice.script;

import io.sluice.script.ScriptDefinition.Link;
import io.sluice.script.ScriptDefinition.OnFetchError;
import io.sluice.script.ScriptDefinition.ReleaseRule;
import io.sluice.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of the table {@code script}. */
final class ScriptRecords {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, @Nullable Object>> MAP = new TypeReference<>() {};
    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

    /** Databases bound how many values one statement may have; 999 is the least that any of them takes. */
    private static final int MOST_IN_A_STATEMENT = 500;

    private ScriptRecords() {}

    /**
     * A row.
     *
     * @param current the number of the current version, 0 without one
     * @param previous what was current before it, 0 when nothing was
     * @param turnedAway hashes that rollbacks turned away from
     * @param commit where the source was last found to have nothing that is to be taken over
     */
    record Kept(
            SavedScript saved,
            Cell.Standing standing,
            int current,
            int previous,
            Set<String> turnedAway,
            Optional<String> commit) {
        ScriptDefinition definition() {
            return saved.definition();
        }

        ScriptId id() {
            return saved.id();
        }
    }

    static List<Kept> all(Tx tx) {
        return tx.list("select * from script order by script_id", ScriptRecords::kept);
    }

    static Optional<Kept> find(Tx tx, ScriptId id) {
        return tx.one("select * from script where script_id = ?", ScriptRecords::kept, id.toString());
    }

    /** Those that are there, by id. */
    static Map<ScriptId, Kept> find(Tx tx, Collection<ScriptId> ids) {
        return some(ids)
                .flatMap(some -> tx
                        .list(
                                "select * from script where script_id in " + marks(some),
                                ScriptRecords::kept,
                                some.toArray())
                        .stream())
                .collect(Collectors.toMap(Kept::id, kept -> kept));
    }

    /** Those whose current version came with that promotion. */
    static List<Kept> promoted(Tx tx, long promotion) {
        return tx.list("select * from script where promotion = ? order by script_id", ScriptRecords::kept, promotion);
    }

    private static Stream<List<String>> some(Collection<ScriptId> ids) {
        return ids.stream().map(ScriptId::toString).gather(Gatherers.windowFixed(MOST_IN_A_STATEMENT));
    }

    private static String marks(List<String> values) {
        return values.stream().map(value -> "?").collect(Collectors.joining(", ", "(", ")"));
    }

    static void insert(Tx tx, ScriptDefinition script, Instant now, OptionalLong by) {
        tx.update("""
                insert into script (script_id, created_date, created_by_id, last_modified_date, last_modified_by_id, type, state)
                values (?, ?, ?, ?, ?, ?, 'stale')""", script.id().toString(), now.toString(), number(by), now.toString(), number(by), script.type());
        fill(tx, script);
    }

    /** False when there is no such script. */
    static boolean update(Tx tx, ScriptDefinition script, Instant now, OptionalLong by) {
        Optional<Kept> before = find(tx, script.id());
        int rows = tx.update("""
                update script set last_modified_date = ?, last_modified_by_id = ?, state = 'stale', held = 0
                where script_id = ?""", now.toString(), number(by), script.id().toString());
        if (before.filter(kept -> isReadAlike(kept.definition(), script)).isEmpty()) {
            tx.update(
                    "update script set commit_id = null where script_id = ?",
                    script.id().toString());
        }
        fill(tx, script);
        return rows > 0;
    }

    /** Whether the source has the same text for both; if not, it has to be read again at the commit where it was read last. */
    private static boolean isReadAlike(ScriptDefinition one, ScriptDefinition other) {
        return one.link().equals(other.link())
                && one.type().equals(other.type())
                && one.config().equals(other.config());
    }

    private static void fill(Tx tx, ScriptDefinition script) {
        Optional<Link> link = script.link();
        tx.update(
                """
                update script set type = ?, content = ?, is_active = ?, allow_event_modification = ?, config = ?,
                  storage_service_id = ?, storage_path = ?, scm_repository = ?, scm_reference = ?, on_fetch_error = ?,
                  poll_seconds = ?, timeout_ms = ?, memory_mb = ?, isolation = ?, allow_system = ?, outbound = ?,
                  release_rule = ?
                where script_id = ?""",
                script.type(),
                script.content(),
                script.active(),
                script.allowEventModification(),
                JSON.writeValueAsString(script.config()),
                link.map(Link::serviceId).orElse(null),
                link.map(Link::path).orElse(null),
                link.map(Link::repository).orElse(null),
                link.map(Link::reference).orElse(null),
                script.onFetchError().word(),
                number(script.pollSeconds()),
                script.timeoutMillis(),
                script.memoryMegabytes(),
                script.isolation(),
                script.allowSystem(),
                JSON.writeValueAsString(script.outbound()),
                script.release().word(),
                script.id().toString());
    }

    static void content(Tx tx, ScriptId id, String type, String text, Instant now, OptionalLong by) {
        tx.update("""
                update script set type = ?, content = ?, last_modified_date = ?, last_modified_by_id = ?
                where script_id = ?""", type, text, now.toString(), number(by), id.toString());
    }

    /** False when there was no such script. Its versions go with it. */
    static boolean delete(Tx tx, ScriptId id) {
        return tx.update("delete from script where script_id = ?", id.toString()) > 0;
    }

    static boolean rename(Tx tx, ScriptId from, ScriptId to) {
        return tx.update("update script set script_id = ? where script_id = ?", to.toString(), from.toString()) > 0;
    }

    static void stale(Tx tx, ScriptId id) {
        tx.update("update script set state = 'stale', held = 0 where script_id = ?", id.toString());
    }

    static void standing(Tx tx, ScriptId id, Cell.Standing standing) {
        tx.update(
                "update script set state = ?, last_error = ?, held = ? where script_id = ?",
                standing.state().word(),
                standing.lastError(),
                standing.held(),
                id.toString());
    }

    /** Their sources have nothing new at that commit. */
    static void commit(Tx tx, Collection<ScriptId> ids, String commit) {
        some(ids)
                .forEach(some -> tx.update(
                        "update script set commit_id = ? where script_id in " + marks(some),
                        Stream.concat(Stream.of(commit), some.stream()).toArray()));
    }

    static void current(Tx tx, ScriptId id, int version, long promotion) {
        tx.update("""
                update script set previous_version = current_version, current_version = ?, promotion = ?,
                  state = 'live', last_error = null, held = 0
                where script_id = ?""", version, promotion, id.toString());
    }

    static void turnedAway(Tx tx, ScriptId id, Set<String> hashes) {
        tx.update("update script set turned_away = ? where script_id = ?", String.join(" ", hashes), id.toString());
    }

    /** The next promotion number; it never comes again. */
    static long promote(Tx tx, Instant now) {
        long number = tx.insert("insert into promotion (at) values (?)", now.toString());
        tx.update("delete from promotion where id < ?", number);
        return number;
    }

    static long promotion(Tx tx) {
        return tx.one("select max(id) from promotion", row -> row.getLong(1)).orElse(0L);
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                new SavedScript(
                        definition(row),
                        Instant.parse(row.getString("created_date")),
                        Instant.parse(row.getString("last_modified_date")),
                        number(row, "created_by_id"),
                        number(row, "last_modified_by_id")),
                new Cell.Standing(
                        ScriptState.parse(row.getString("state")),
                        row.getString("last_error"),
                        row.getLong("promotion"),
                        row.getBoolean("held")),
                row.getInt("current_version"),
                row.getInt("previous_version"),
                words(row.getString("turned_away")),
                Optional.ofNullable(row.getString("commit_id")));
    }

    private static ScriptDefinition definition(ResultSet row) throws SQLException {
        return new ScriptDefinition(
                ScriptId.parse(row.getString("script_id")).orElseThrow(),
                row.getString("type"),
                text(row, "content"),
                link(row),
                row.getBoolean("is_active"),
                row.getBoolean("allow_event_modification"),
                JSON.readValue(row.getString("config"), MAP),
                OnFetchError.parse(row.getString("on_fetch_error")).orElse(OnFetchError.LAST_GOOD),
                number(row, "poll_seconds"),
                row.getLong("timeout_ms"),
                row.getLong("memory_mb"),
                row.getString("isolation"),
                row.getBoolean("allow_system"),
                JSON.readValue(row.getString("outbound"), LIST),
                ReleaseRule.parse(row.getString("release_rule")).orElse(ReleaseRule.WHOLE));
    }

    private static Optional<Link> link(ResultSet row) throws SQLException {
        OptionalLong service = number(row, "storage_service_id");
        if (service.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Link(
                service.getAsLong(),
                text(row, "scm_repository"),
                text(row, "scm_reference"),
                text(row, "storage_path")));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        @Nullable String value = row.getString(column);
        return value == null ? "" : value;
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static @Nullable Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static Set<String> words(@Nullable String text) {
        return text == null || text.isBlank()
                ? Set.of()
                : Stream.of(text.split(" ")).collect(Collectors.toUnmodifiableSet());
    }
}
