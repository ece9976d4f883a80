package io.sluice.access;

import static io.sluice.store.Table.Kind.FLAG;
import static io.sluice.store.Table.Kind.TEXT;

import io.sluice.store.Table;
import io.sluice.store.Tx;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Named values that stand for {@code {name}} in row filters and in scripts. */
final class LookupRecords {
    static final String MASK = "**********";
    private static final Table TABLE = new Table(
            "lookup",
            Stamps.after(
                    Table.columns(TEXT, "name value"),
                    Table.columns(FLAG, "private"),
                    Table.columns(TEXT, "description")));
    private static final RecordForm FORM = RecordForm.of(
            RecordForm.Field.text("name", 255).asRequired(),
            RecordForm.Field.text("value", 0),
            RecordForm.Field.flag("private", false),
            RecordForm.Field.text("description", 0));
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    private LookupRecords() {}

    static Family family(Stamps stamps, Consumer<Tx> changed) {
        return new Family("lookup", TABLE, "", FORM, new LookupRules(), List.of(), Map.of(), stamps, changed);
    }

    /** The values of those that are not private, or of those that are, by name. */
    static Map<String, String> values(Tx tx, boolean secret) {
        Map<String, String> byName = new HashMap<>();
        for (Map<String, @Nullable Object> row : TABLE.list(tx, "private = ?", secret)) {
            Object value = row.get("value");
            byName.put(String.valueOf(row.get("name")), value == null ? "" : value.toString());
        }
        return Map.copyOf(byName);
    }

    private static final class LookupRules implements Family.Rules {
        @Override
        public void complete(
                Tx tx,
                Map<String, @Nullable Object> row,
                Map<String, @Nullable Object> given,
                Optional<Map<String, @Nullable Object>> before,
                Problems problems) {
            Family.unique(tx, TABLE, "name", row, before, problems);
            Object name = row.get("name");
            if (name != null && !NAME.matcher(name.toString()).matches()) {
                problems.add("name", "The name field may hold letters, digits, points, dashes and underscores.");
            }
            before.ifPresent(stored -> keepMasked(stored, row));
        }

        /** The mask that was shown, sent back, means: as it was. Making a secret open must not be a way to read it. */
        private static void keepMasked(Map<String, @Nullable Object> stored, Map<String, @Nullable Object> row) {
            if (MASK.equals(row.get("value"))) {
                row.remove("value");
            }
            boolean opened = Boolean.TRUE.equals(stored.get("private")) && Boolean.FALSE.equals(row.get("private"));
            if (opened && !row.containsKey("value")) {
                row.put("value", null);
            }
        }

        @Override
        public Map<String, @Nullable Object> shown(Map<String, @Nullable Object> row) {
            if (!Boolean.TRUE.equals(row.get("private"))) {
                return row;
            }
            Map<String, @Nullable Object> shown = new LinkedHashMap<>(row);
            shown.put("value", MASK);
            return shown;
        }
    }
}
