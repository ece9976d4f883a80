package io.sluice.script;

import io.sluice.engine.SourceSet;
import io.sluice.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of the table {@code script_version}: written once, never changed. */
final class VersionRecords {
    private static final int KEPT = 20;
    private static final JsonMapper JSON = JsonMapper.shared();

    private VersionRecords() {}

    /** Newest first. */
    static List<Version> all(Tx tx, ScriptId id) {
        return tx.list(
                "select * from script_version where script_id = ? order by version desc",
                VersionRecords::version,
                id.toString());
    }

    /** The current version of every script that has one. */
    static List<Version> current(Tx tx) {
        return tx.list("""
                select v.* from script_version v
                join script s on s.script_id = v.script_id and s.current_version = v.version""", VersionRecords::version);
    }

    static Optional<Version> find(Tx tx, ScriptId id, int number) {
        return tx.one(
                "select * from script_version where script_id = ? and version = ?",
                VersionRecords::version,
                id.toString(),
                number);
    }

    static int next(Tx tx, ScriptId id) {
        return 1
                + tx.one(
                                "select max(version) from script_version where script_id = ?",
                                row -> row.getInt(1),
                                id.toString())
                        .orElse(0);
    }

    /** Keeps it, and of the older ones the last 19. Numbers only grow, so the newest is never among those dropped. */
    static void insert(Tx tx, Version version) {
        tx.update(
                """
                insert into script_version (script_id, version, type, hash, revision, source, path, text, siblings,
                  author, message, loaded_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                version.script().toString(),
                version.number(),
                version.source().language(),
                version.hash(),
                version.revision(),
                version.from(),
                version.source().path(),
                version.source().text(),
                version.source().siblings().isEmpty()
                        ? null
                        : JSON.writeValueAsString(version.source().siblings()),
                version.author().orElse(null),
                version.message().orElse(null),
                version.loadedAt().toString());
        tx.update(
                "delete from script_version where script_id = ? and version <= ?",
                version.script().toString(),
                version.number() - KEPT);
    }

    private static Version version(ResultSet row) throws SQLException {
        ScriptId id = ScriptId.parse(row.getString("script_id")).orElseThrow();
        String from = row.getString("source");
        return new Version(
                id,
                row.getInt("version"),
                row.getString("hash"),
                row.getString("revision"),
                from,
                new SourceSet(
                        Texts.fileName(id, from),
                        row.getString("path"),
                        row.getString("type"),
                        row.getString("text"),
                        siblings(row.getString("siblings"))),
                Instant.parse(row.getString("loaded_at")),
                Optional.ofNullable(row.getString("author")),
                Optional.ofNullable(row.getString("message")));
    }

    private static Map<String, String> siblings(@Nullable String json) {
        return json == null ? Map.of() : JSON.readValue(json, new TypeReference<>() {});
    }
}
