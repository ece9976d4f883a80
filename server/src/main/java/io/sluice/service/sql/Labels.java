package io.sluice.service.sql;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names for people, made from names of tables and fields. Pure. */
final class Labels {
    private Labels() {}

    /** {@code customer_id} → {@code Customer Id}. */
    static String label(String name) {
        return Arrays.stream(name.split("[_\\s.-]+", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }

    /** What users called the table, else a label made of its name. */
    static String of(TableName table, Extra extra) {
        return extra.text("label").orElseGet(() -> label(table.real()));
    }

    /** {@code Category} → {@code Categories}; what ends in a single s is taken for a plural. */
    static String plural(String label) {
        String lower = label.toLowerCase(Locale.ROOT);
        if (lower.endsWith("ss") || lower.endsWith("x") || lower.endsWith("ch") || lower.endsWith("sh")) {
            return label + "es";
        }
        if (lower.endsWith("s")) {
            return label;
        }
        boolean consonantAndY =
                lower.length() > 1 && lower.endsWith("y") && "aeiou".indexOf(lower.charAt(lower.length() - 2)) < 0;
        return consonantAndY ? label.substring(0, label.length() - 1) + "ies" : label + "s";
    }
}
