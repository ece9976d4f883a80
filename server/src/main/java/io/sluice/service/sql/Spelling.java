package io.sluice.service.sql;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Hints for names that were almost right. Pure. */
final class Spelling {
    private static final int MOST_EDITS = 2;
    private static final int LONGEST = 100;

    private Spelling() {}

    /** {@code . Did you mean 'city'?} behind a message; nothing when no name is near. */
    static String hint(String typed, Table table) {
        return nearest(typed, table.columns().stream().map(Column::name).toList())
                .map(name -> ". Table '" + table.name() + "' has no such field; did you mean '" + name + "'?")
                .orElse("");
    }

    static Optional<String> nearest(String typed, Collection<String> names) {
        String wanted = typed.strip().toLowerCase(Locale.ROOT);
        int most = Math.min(MOST_EDITS, wanted.length() / 3);
        return wanted.length() > LONGEST
                ? Optional.empty()
                : List.copyOf(names).stream()
                        .filter(name -> edits(wanted, name.toLowerCase(Locale.ROOT)) <= most)
                        .min(Comparator.comparingInt(name -> edits(wanted, name.toLowerCase(Locale.ROOT))));
    }

    /** Letters to be put in, taken out or changed (Levenshtein). */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
