package io.sluice.service.system;

import io.sluice.access.Problems;
import io.sluice.access.RecordForm;
import io.sluice.access.Stamps;
import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.api.CorsRule;
import io.sluice.api.Verb;
import io.sluice.store.Store;
import io.sluice.store.Table;
import io.sluice.store.Tx;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The family {@code cors}: which pages of other origins may call. The rules are kept in memory and follow each commit. Thread-safe. */
final class CorsFamily implements RecordFamily {
    private static final int ALL_VERBS = 31;
    private static final Table TABLE = new Table(
            "cors",
            Stamps.after(
                    Table.columns(Table.Kind.TEXT, "path description origin header exposed_header"),
                    Table.columns(Table.Kind.NUMBER, "method max_age"),
                    Table.columns(Table.Kind.FLAG, "supports_credentials enabled")));
    private static final RecordForm FORM = RecordForm.of(
            RecordForm.Field.text("path", 255).asRequired(),
            RecordForm.Field.text("description", 0),
            RecordForm.Field.text("origin", 0).asRequired(),
            RecordForm.Field.text("header", 0),
            RecordForm.Field.text("exposed_header", 0),
            RecordForm.Field.any("method").or(ALL_VERBS),
            RecordForm.Field.number("max_age").or(0),
            RecordForm.Field.flag("supports_credentials", false),
            RecordForm.Field.flag("enabled", true));

    private final Store store;
    private final Stamps stamps;
    private final AtomicReference<@Nullable List<CorsRule>> rules = new AtomicReference<>();

    CorsFamily(Store store, Stamps stamps) {
        this.store = store;
        this.stamps = stamps;
    }

    /** The rule for a path, its leading slash left out. */
    Optional<CorsRule> rule(String path) {
        List<CorsRule> known = rules.get();
        return CorsRule.best(known == null ? first() : known, path);
    }

    /** A commit that came between has put newer ones there, which stay. */
    private List<CorsRule> first() {
        List<CorsRule> read = read();
        rules.compareAndSet(null, read);
        return read;
    }

    private List<CorsRule> read() {
        return store.read(tx -> TABLE.list(tx, "enabled = ?", true).stream()
                .map(CorsFamily::rule)
                .toList());
    }

    /** Commits run one after the other, so the last to read is the newest. */
    private void changed(Tx tx) {
        tx.afterCommit(() -> rules.set(read()));
    }

    private static CorsRule rule(Map<String, @Nullable Object> row) {
        String path = String.valueOf(row.get("path"));
        int mask = row.get("method") instanceof Long number ? number.intValue() : ALL_VERBS;
        return new CorsRule(
                path,
                CorsRule.pattern(path),
                words(row.get("origin")),
                words(row.get("header")),
                words(row.get("exposed_header")),
                verbs(mask),
                row.get("max_age") instanceof Long seconds ? seconds : 0,
                Boolean.TRUE.equals(row.get("supports_credentials")));
    }

    private static List<String> words(@Nullable Object list) {
        return list == null
                ? List.of()
                : Arrays.stream(list.toString().split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
    }

    private static Set<Verb> verbs(int mask) {
        return Arrays.stream(Verb.values())
                .filter(verb -> (mask & verb.mask()) != 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String name() {
        return "cors";
    }

    @Override
    public List<Map<String, @Nullable Object>> all(Tx tx) {
        return TABLE.list(tx, "").stream().map(CorsFamily::shown).toList();
    }

    private static Map<String, @Nullable Object> shown(Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(row);
        int mask = row.get("method") instanceof Long number ? number.intValue() : 0;
        shown.put(
                "method",
                Arrays.stream(Verb.values())
                        .filter(verb -> (mask & verb.mask()) != 0)
                        .map(Verb::name)
                        .toList());
        return shown;
    }

    @Override
    public Map<String, @Nullable Object> create(Tx tx, Map<String, @Nullable Object> record, Caller caller) {
        Problems problems = new Problems();
        Map<String, @Nullable Object> row = checked(FORM.forCreate(record, problems), problems);
        row.putAll(stamps.made(caller));
        return saved(tx, TABLE.insert(tx, row));
    }

    @Override
    public Map<String, @Nullable Object> update(
            Tx tx, Object key, Map<String, @Nullable Object> changes, Caller caller) {
        existing(tx, key);
        Problems problems = new Problems();
        Map<String, @Nullable Object> row = checked(FORM.forUpdate(changes, problems), problems);
        row.putAll(stamps.changed(caller));
        TABLE.update(tx, (Long) key, row);
        return saved(tx, (Long) key);
    }

    private static Map<String, @Nullable Object> checked(Map<String, @Nullable Object> row, Problems problems) {
        if (row.get("path") instanceof String path) {
            try {
                CorsRule.pattern(path);
            } catch (PatternSyntaxException e) {
                problems.add("path", "The path field begins with ^ and is no regular expression.");
            }
        }
        Object method = row.get("method");
        if (method != null) {
            row.put("method", mask(method, problems));
        }
        problems.throwIfAny();
        return row;
    }

    /** A mask, or the names of verbs as a list or in one text. */
    private static int mask(Object method, Problems problems) {
        String text = method instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : method.toString();
        int mask = 0;
        for (String word : words(text)) {
            Optional<Verb> verb = Verb.parse(word);
            if (verb.isPresent()) {
                mask |= verb.get().mask();
            } else if (word.matches("\\d{1,2}") && Integer.parseInt(word) <= ALL_VERBS) {
                mask |= Integer.parseInt(word);
            } else {
                problems.add(
                        "method",
                        "The method field must be names of verbs, or a mask from 0 to 31, not '" + word + "'.");
            }
        }
        return mask;
    }

    private Map<String, @Nullable Object> saved(Tx tx, long id) {
        changed(tx);
        return shown(existing(tx, id));
    }

    private static Map<String, @Nullable Object> existing(Tx tx, Object key) {
        return TABLE.byId(tx, (Long) key)
                .orElseThrow(() -> ApiException.notFound("Record with identifier '" + key + "' not found."));
    }

    @Override
    public void delete(Tx tx, Object key, Caller caller) {
        existing(tx, key);
        TABLE.delete(tx, (Long) key);
        changed(tx);
    }
}
