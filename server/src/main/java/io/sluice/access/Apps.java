package io.sluice.access;

import static io.sluice.store.Table.Kind.FLAG;
import static io.sluice.store.Table.Kind.NUMBER;
import static io.sluice.store.Table.Kind.TEXT;

import io.sluice.store.Table;
import io.sluice.store.Tx;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Apps: what API keys belong to. */
final class Apps {
    static final Table TABLE = new Table(
            "app",
            Stamps.after(
                    Table.columns(TEXT, "name api_key description"),
                    Table.columns(FLAG, "is_active"),
                    Table.columns(NUMBER, "type"),
                    Table.columns(TEXT, "path url"),
                    Table.columns(NUMBER, "storage_service_id"),
                    Table.columns(TEXT, "storage_container"),
                    Table.columns(FLAG, "requires_fullscreen allow_fullscreen_toggle"),
                    Table.columns(TEXT, "toggle_location"),
                    Table.columns(NUMBER, "role_id")));

    private static final RecordForm FORM = RecordForm.of(
            RecordForm.Field.text("name", 64).asRequired(),
            RecordForm.Field.text("api_key", 255),
            RecordForm.Field.text("description", 0),
            RecordForm.Field.flag("is_active", true),
            RecordForm.Field.number("type").or(0L),
            RecordForm.Field.text("path", 0),
            RecordForm.Field.text("url", 0),
            RecordForm.Field.number("storage_service_id"),
            RecordForm.Field.text("storage_container", 0),
            RecordForm.Field.flag("requires_fullscreen", false),
            RecordForm.Field.flag("allow_fullscreen_toggle", true),
            RecordForm.Field.text("toggle_location", 64).or("top"),
            RecordForm.Field.number("role_id"));
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._~-]{32,255}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Apps() {}

    static Family family(Stamps stamps, Consumer<Tx> changed) {
        return new Family(
                "app",
                TABLE,
                "",
                FORM,
                new AppRules(),
                List.of(Assignments.of("user_to_app_to_role_by_app_id", "app_id", stamps)),
                Map.of(
                        "role_by_role_id",
                        (tx, app) -> Roles.TABLE
                                .one(tx, "id = ?", app.get("role_id"))
                                .orElse(null)),
                stamps,
                changed);
    }

    /** 64 hex digits. */
    static String freshKey() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static final class AppRules implements Family.Rules {
        @Override
        public void complete(
                Tx tx,
                Map<String, @Nullable Object> row,
                Map<String, @Nullable Object> given,
                Optional<Map<String, @Nullable Object>> before,
                Problems problems) {
            Family.unique(tx, TABLE, "name", row, before, problems);
            Assignments.exists(tx, Roles.TABLE, row, "role_id", problems);
            key(row, before.isPresent());
            Object key = row.get("api_key");
            if (key != null && !KEY.matcher(key.toString()).matches()) {
                problems.add(
                        "api_key",
                        "The api_key field must have 32 to 255 characters: letters, digits, points, dashes, underscores, tildes.");
            }
            Object self = before.map(stored -> stored.get("id")).orElse(-1L);
            if (key != null && TABLE.exists(tx, "api_key = ? and id <> ?", key, self)) {
                problems.add("api_key", "The api_key has already been taken.");
            }
        }

        /** A key is made where there is none; an empty one never replaces a key. */
        private static void key(Map<String, @Nullable Object> row, boolean stored) {
            if (row.get("api_key") != null) {
                return;
            }
            if (stored) {
                row.remove("api_key");
            } else {
                row.put("api_key", freshKey());
            }
        }

        @Override
        public Map<String, @Nullable Object> shown(Map<String, @Nullable Object> row) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>(row);
            shown.put("launch_url", row.get("url") == null ? "" : row.get("url"));
            return shown;
        }
    }

    /** An app as the decision needs it. */
    record Entry(
            long id,
            String name,
            String key,
            boolean active,
            @Nullable Long roleId) {}

    static List<Entry> entries(Tx tx) {
        return TABLE.list(tx, "").stream()
                .map(row -> new Entry(
                        (Long) Objects.requireNonNull(row.get("id")),
                        String.valueOf(row.get("name")),
                        String.valueOf(row.get("api_key")),
                        Boolean.TRUE.equals(row.get("is_active")),
                        (Long) row.get("role_id")))
                .toList();
    }
}
