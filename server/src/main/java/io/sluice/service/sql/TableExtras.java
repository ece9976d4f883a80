package io.sluice.service.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What users added to one table.
 *
 * @param fields and {@code relations} by their real names in lower case
 */
record TableExtras(Extra own, Map<String, Extra> fields, Map<String, Extra> relations) {
    private static final Set<String> STAMPED = Set.of("timestamp_on_update", "user_id_on_create", "user_id_on_update");

    static final TableExtras NONE = new TableExtras(Extra.NONE, Map.of(), Map.of());

    Extra field(String real) {
        return fields.isEmpty() ? Extra.NONE : fields.getOrDefault(real.toLowerCase(Locale.ROOT), Extra.NONE);
    }

    Extra field(Column column) {
        return field(column.real());
    }

    Extra relation(String real) {
        return relations.getOrDefault(real.toLowerCase(Locale.ROOT), Extra.NONE);
    }

    /** The own name of the relation that is called so. */
    String realRelation(String named) {
        return relations.entrySet().stream()
                .filter(each -> each.getValue()
                        .text("alias")
                        .filter(named::equalsIgnoreCase)
                        .isPresent())
                .findFirst()
                .map(Map.Entry::getKey)
                .orElse(named);
    }

    List<Map.Entry<String, Extra>> virtualRelations() {
        return relations.entrySet().stream()
                .filter(each -> each.getValue().flag("is_virtual"))
                .toList();
    }

    /** Fields that the database does not have, by name. */
    Map<String, Extra> virtualFields() {
        Map<String, Extra> virtual = new LinkedHashMap<>();
        fields.forEach((name, extra) -> {
            if (extra.flag("is_virtual")) {
                virtual.put(extra.text("name").orElse(name), extra);
            }
        });
        return virtual;
    }

    /** The server fills the field, whatever a caller sends. */
    boolean stamped(Column column) {
        return !fields.isEmpty()
                && declaredType(column).filter(STAMPED::contains).isPresent();
    }

    /** The type that the field was declared with, where the column itself cannot tell. */
    Optional<String> declaredType(Column column) {
        return field(column).text("type");
    }
}
