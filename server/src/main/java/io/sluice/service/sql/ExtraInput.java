package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.service.SchemaSettings.Entry;
import io.sluice.service.SchemaSettings.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings as callers send them, checked, merged into what is kept already. What is sent as null is forgotten. Pure. */
final class ExtraInput {
    private static final List<String> OF_TABLE = List.of("alias", "label", "plural", "name_field", "description");
    private static final List<String> OF_FIELD =
            List.of("alias", "label", "description", "picklist", "validation", "db_function", "is_aggregate");
    private static final List<String> OF_RELATION =
            List.of("alias", "label", "description", "always_fetch", "flatten", "flatten_drop_prefix");

    private ExtraInput() {}

    /** {@code description}: kept here, since the database has no place for it. */
    static Entry table(String real, Map<?, ?> given, Extra old, boolean description) {
        Map<String, @Nullable Object> kept = merged(OF_TABLE, given, old, Labels.label(real));
        forgetIf(!description, "description", kept);
        String label = String.valueOf(kept.getOrDefault("label", Labels.label(real)));
        forgetIf(Labels.plural(label).equals(kept.get("plural")), "plural", kept);
        return new Entry(Kind.TABLE, lower(real), "", kept);
    }

    static Entry field(String table, String real, Map<?, ?> given, Extra old, boolean description) {
        Map<String, @Nullable Object> kept = merged(OF_FIELD, given, old, Labels.label(real));
        forgetIf(!description, "description", kept);
        Optional<String> type = FieldDefinition.text(given, "type").map(text -> FieldDefinition.type(given));
        type.ifPresent(declared -> {
            kept.remove("type");
            if (FieldDefinition.isFilled(declared)) {
                kept.put("type", declared);
            }
        });
        @Nullable Object picklist = kept.get("picklist");
        if (picklist != null) {
            kept.put("picklist", Picklist.read(picklist, real));
        }
        FieldRules.check(real, kept.get("validation"));
        return new Entry(Kind.FIELD, lower(table), lower(real), kept);
    }

    /** A field that the database does not have. */
    static Entry virtualField(String table, Map<?, ?> given, Extra old) {
        String name = FieldDefinition.name(given);
        Map<String, @Nullable Object> kept = merged(OF_FIELD, given, old, Labels.label(name));
        kept.put("name", name);
        kept.put("is_virtual", true);
        FieldDefinition.text(given, "type").ifPresent(type -> kept.put("type", type));
        return new Entry(Kind.FIELD, lower(table), lower(name), kept);
    }

    static Entry relation(String table, String real, Map<?, ?> given, Extra old) {
        Map<String, @Nullable Object> kept = merged(OF_RELATION, given, old, Labels.label(real));
        for (String flag : List.of("always_fetch", "flatten", "flatten_drop_prefix")) {
            forgetIf(!new Extra(kept).flag(flag), flag, kept);
        }
        return new Entry(Kind.RELATION, lower(table), lower(real), kept);
    }

    private static Map<String, @Nullable Object> merged(List<String> keys, Map<?, ?> given, Extra old, String label) {
        Map<String, @Nullable Object> kept = new LinkedHashMap<>(old.values());
        for (String key : keys) {
            @Nullable Object value = given.get(key);
            if (given.containsKey(key)) {
                kept.put(key, value);
                forgetIf(value == null || value.equals("") || value.equals(false), key, kept);
            }
        }
        forgetIf(label.equals(kept.get("label")), "label", kept);
        if (kept.get("alias") != null) {
            TableMaker.checked(String.valueOf(kept.get("alias")));
        }
        return kept;
    }

    private static void forgetIf(boolean so, String key, Map<String, @Nullable Object> kept) {
        if (so) {
            kept.remove(key);
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Two things of one kind cannot answer to the same name. */
    static void refuseTaken(Entry entry, String what, boolean taken) {
        if (taken) {
            throw ApiException.badRequest("The alias '" + entry.settings().get("alias") + "' is the name of another "
                    + what + " already. Choose another.");
        }
    }

    /** Pick lists: the values that a field may have. */
    static final class Picklist {
        private Picklist() {}

        /** A list, or text with commas or lines. */
        static List<String> read(Object given, String field) {
            List<String> values = given instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : Arrays.stream(String.valueOf(given).split("[,\\n]", -1))
                            .map(String::strip)
                            .filter(value -> !value.isEmpty())
                            .toList();
            if (values.isEmpty() || given instanceof Map<?, ?>) {
                throw ApiException.badRequest("The picklist of field '" + field + "' must be a list of values.");
            }
            return values;
        }
    }
}
