package io.sluice.access;

import io.sluice.api.Caller;
import io.sluice.store.Table;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When and by whom a record was made and changed. */
public record Stamps(Clock clock) {

    /** The columns of a table with the four of the stamps at its end. */
    @SafeVarargs
    public static List<Table.Column> after(List<Table.Column>... columns) {
        List<Table.Column> all = new ArrayList<>();
        for (List<Table.Column> some : columns) {
            all.addAll(some);
        }
        all.addAll(Table.columns(Table.Kind.TIME, "created_date last_modified_date"));
        all.addAll(Table.columns(Table.Kind.NUMBER, "created_by_id last_modified_by_id"));
        return all;
    }

    public Map<String, @Nullable Object> made(Caller caller) {
        Map<String, @Nullable Object> stamps = changed(caller);
        stamps.put("created_date", stamps.get("last_modified_date"));
        stamps.put("created_by_id", stamps.get("last_modified_by_id"));
        return stamps;
    }

    public Map<String, @Nullable Object> changed(Caller caller) {
        Map<String, @Nullable Object> stamps = new LinkedHashMap<>();
        stamps.put("last_modified_date", now());
        stamps.put("last_modified_by_id", caller.person().map(Caller.Person::id).orElse(null));
        return stamps;
    }

    /** {@code 2026-11-24T04:25:00Z}, as the tables hold times. */
    public String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
