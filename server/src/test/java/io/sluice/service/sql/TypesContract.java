package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.api.ApiException;
import io.sluice.api.Verb;
import io.sluice.testing.DatabaseServer;
import io.sluice.testing.Draws;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written into a column of any type is what is read from it; once per database in a class of its own. */
abstract class TypesContract {
    private static final int TRIES = 25;

    @TempDir
    Path folder;

    private DatabaseServer server;
    private Map<String, Object> config;
    SqlApi api;

    abstract DatabaseServer server(Path root);

    /** The columns of the table, each with values that must come back. */
    abstract List<Case> cases();

    /** A column's type as the database spells it, values at its edges, and how others are drawn. */
    record Case(String declared, Function<Draws, Object> draw, List<Object> edges) {
        static Case of(String declared, Function<Draws, Object> draw, Object... edges) {
            return new Case(declared, draw, List.of(edges));
        }

        /** Only those values. */
        static Case fixed(String declared, Object... edges) {
            return new Case(declared, draw -> draw.of(edges), List.of(edges));
        }

        static Case whole(String declared, String least, String most) {
            BigInteger low = new BigInteger(least);
            BigInteger span = new BigInteger(most).subtract(low).add(BigInteger.ONE);
            return of(
                    declared,
                    draw -> new BigInteger(1, draw.bytes(40)).mod(span).add(low),
                    low,
                    new BigInteger(most),
                    BigInteger.ZERO,
                    BigInteger.valueOf(9_007_199_254_740_993L).mod(span).add(low));
        }

        static Case decimal(String declared, int digits, int scale) {
            BigInteger most = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
            return of(
                    declared,
                    draw -> new BigDecimal(
                            new BigInteger(1, draw.bytes(60))
                                    .mod(most)
                                    .multiply(draw.of(BigInteger.ONE, BigInteger.ONE.negate())),
                            scale),
                    new BigDecimal(most, scale),
                    new BigDecimal(most.negate(), scale),
                    new BigDecimal(BigInteger.ONE, scale),
                    BigDecimal.ZERO);
        }

        static Case binary(String declared, int most) {
            return of(
                    declared,
                    draw -> Base64.getEncoder().encodeToString(draw.bytes(most)),
                    "AP8BAg==",
                    Base64.getEncoder().encodeToString(new byte[most]));
        }

        static Case text(String declared, int most) {
            return of(
                    declared,
                    draw -> draw.text(1, most)
                                    .codePoints()
                                    .filter(c -> c != 0 && !(c >= 0xD800 && c < 0xE000))
                                    .limit(most)
                                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                    .toString()
                            + "x",
                    "é漢🙂",
                    "'\"\\`%_",
                    " lead and trail x",
                    "NULL");
        }

        static Case reals(String declared, Object... more) {
            return of(
                    declared,
                    draw -> Double.valueOf(draw.any() / 1024.0),
                    edges(more, 0.1, -1.5, 1e300, 5e-300, 123456789012345680.0));
        }

        static Case singles(String declared, Object... more) {
            return of(
                    declared,
                    draw -> Float.valueOf(draw.between(-1_000_000, 1_000_000) / 64f),
                    edges(more, 0.1, -1.5, 1.17E-38, 3.4028235E38));
        }

        private static Object[] edges(Object[] more, Object... usual) {
            List<Object> all = new ArrayList<>(List.of(usual));
            all.addAll(List.of(more));
            return all.toArray();
        }

        static Case bool(String declared) {
            return fixed(declared, true, false);
        }

        static Case date(String declared, String... more) {
            return of(declared, Case::day, edges(more, "2024-02-29", "9999-12-31", "1970-01-01", "1582-10-20"));
        }

        static Case time(String declared, int fraction) {
            return of(
                    declared,
                    draw -> clock(draw) + fraction(draw, fraction),
                    "00:00:01" + nines(fraction),
                    "23:59:59" + nines(fraction));
        }

        /** A fraction of exactly that many digits. */
        static Case moment(String declared, int fraction, String suffix, String... more) {
            return of(
                    declared,
                    draw -> day(draw) + " " + clock(draw) + fraction(draw, fraction) + suffix,
                    edges(more, "2026-01-02 03:04:05" + nines(fraction) + suffix));
        }

        private static String day(Draws draw) {
            return "%04d-%02d-%02d".formatted(draw.between(1971, 2037), draw.between(1, 12), draw.between(1, 28));
        }

        private static String clock(Draws draw) {
            return "%02d:%02d:%02d".formatted(draw.between(0, 23), draw.between(0, 59), draw.between(0, 59));
        }

        private static String fraction(Draws draw, int digits) {
            return digits == 0
                    ? ""
                    : "."
                            + Integer.toString(draw.between(100_000_000, 999_999_999))
                                    .substring(0, digits - 1) + "7";
        }

        private static String nines(int digits) {
            return digits == 0 ? "" : "." + "9".repeat(digits);
        }

        static Case uuid(String declared) {
            return of(
                    declared,
                    draw -> new UUID(draw.any() & ~0xF000L | 0x4000L, draw.any() >>> 2 | Long.MIN_VALUE).toString(),
                    "00000000-0000-0000-0000-000000000000",
                    "ffffffff-ffff-ffff-ffff-ffffffffffff");
        }
    }

    @BeforeEach
    void open() {
        server = server(folder);
        config = server.newDatabase();
        server.run(config, before() + "\n" + table());
        api = SqlApi.over(server, config, folder);
    }

    @AfterEach
    void close() {
        if (api != null) {
            api.close();
        }
    }

    /** Statements that the types need. */
    String before() {
        return "";
    }

    private String table() {
        StringBuilder sql = new StringBuilder("CREATE TABLE kinds (id integer PRIMARY KEY");
        List<Case> cases = cases();
        for (int i = 0; i < cases.size(); i++) {
            sql.append(", c").append(i).append(' ').append(cases.get(i).declared());
        }
        return sql.append(")").toString();
    }

    @Test
    void everyValueComesBack() {
        int most = cases().stream().mapToInt(each -> each.edges().size()).max().orElseThrow();
        int id = 0;
        for (int edge = 0; edge < most; edge++) {
            int place = edge;
            comesBack(id++, each -> each.edges().get(place % each.edges().size()));
        }
        int first = id;
        Draws.times(
                TRIES,
                draw -> comesBack(
                        first + draw.between(0, Integer.MAX_VALUE - 1000),
                        each -> each.draw().apply(draw)));
        comesBack(id, each -> null);
    }

    private void comesBack(int id, Function<Case, Object> value) {
        Map<String, Object> row = row(id, value);
        Map<?, ?> made = first(create(row));
        same(made, row, "written");
        Map<?, ?> read = (Map<?, ?>) api.get("_table/kinds/" + id);
        same(read, row, "read");
        Map<String, Object> again = new HashMap<>();
        read.forEach((name, each) -> again.put(String.valueOf(name), each));
        api.call(Verb.PUT, "_table/kinds/" + id, again);
        assertThat(api.get("_table/kinds/" + id)).as("written again").isEqualTo(read);
        api.delete("_table/kinds/" + id);
    }

    private Object create(Map<String, Object> row) {
        try {
            return api.call(Verb.POST, "_table/kinds?fields=*", Map.of("resource", List.of(row)));
        } catch (ApiException e) {
            throw new AssertionError(
                    e.error().context() + " for " + row.toString().replaceAll("x{20,}", "x…"), e);
        }
    }

    private Map<String, Object> row(int id, Function<Case, Object> value) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        List<Case> cases = cases();
        for (int i = 0; i < cases.size(); i++) {
            row.put("c" + i, value.apply(cases.get(i)));
        }
        return row;
    }

    private static final List<Object> NO_NUMBER =
            List.of("abc", "1,5", "0x1F", "--1", List.of(1), Map.of("a", 1), "1e999999999");
    private static final List<Object> NO_WHOLE_NUMBER =
            List.of(1.5, "1.5", "NaN", "9".repeat(400) + ".5", "1e400", Double.POSITIVE_INFINITY);
    private static final List<Object> NO_MOMENT =
            List.of("yesterday", "2026-02-30x", "2026-13-01", 20260101, true, List.of("2026-01-01"), "24:61:00");

    private static List<Object> wrong(String simple) {
        return switch (simple) {
            case "tinyint", "smallint", "mediumint", "integer", "bigint" -> {
                List<Object> all = new ArrayList<>(NO_NUMBER);
                all.addAll(NO_WHOLE_NUMBER);
                yield all;
            }
            case "decimal", "float", "double", "money" -> NO_NUMBER;
            case "boolean" -> List.of("maybe", 2, -1, "truth", List.of(true), Map.of());
            case "date", "datetime", "timestamp", "timestamptz", "time" -> NO_MOMENT;
            case "uuid" -> List.of("abc", 5, "123e4567-e89b-12d3-a456-42661417400g", List.of());
            case "binary" -> List.of("***", 5, List.of(1), "AP8BAg===");
            case "json" -> List.of("{", "{} {}", "'a'", "{\"a\":1");
            default -> List.of();
        };
    }

    @Test
    @SuppressWarnings("unchecked")
    void F46_valuesOfAnotherTypeAreRefusedByName() {
        api.call(Verb.POST, "_table/kinds", Map.of("resource", List.of(row(1, each -> null))));
        List<Map<?, ?>> fields = (List<Map<?, ?>>) ((Map<?, ?>) api.get("_schema/kinds")).get("field");
        for (Map<?, ?> field : fields) {
            if (!field.get("name").equals("id")) {
                wrong(String.valueOf(field.get("type"))).forEach(value -> refused(field, value));
            }
        }
        assertThat(((Map<?, ?>) api.get("_table/kinds/1")).values().stream().filter(each -> each != null))
                .as("nothing was written")
                .hasSize(1);
    }

    private void refused(Map<?, ?> field, Object value) {
        String name = String.valueOf(field.get("name"));
        ApiException e = catchThrowableOfType(
                ApiException.class, () -> api.call(Verb.PATCH, "_table/kinds/1", Map.of(name, value)));
        assertThat(e).as("%s into %s", value, field.get("db_type")).isNotNull();
        // Whole numbers of any length may be numbers of the column for all that we know.
        String start = value.equals("1e400") ? "400 " : "400 Field '" + name + "' must be a valid ";
        assertThat(e.error().status() + " " + e.error().message())
                .as("%s into %s", value, field.get("db_type"))
                .startsWith(start);
    }

    @Test
    void F46_numbersBeyondTheirColumnAndUnknownFields() {
        api.call(Verb.POST, "_table/kinds", Map.of("resource", List.of(row(1, each -> null))));
        assertThat(api.failure(
                        Verb.PATCH, "_table/kinds/1", "{`id`:1,`c0`:99999999999999999999999999999999999999999999}"))
                .startsWith("400 ");
        assertThat(api.failure(Verb.PATCH, "_table/kinds/1", "{`nosuch`:1,`__proto__`:{}}"))
                .isEqualTo("400 No valid fields were found in record.");
        assertThat(api.failure(Verb.PATCH, "_table/kinds/NaN", "{`c0`:1}")).startsWith("400 Field 'id' ");
    }

    static Map<?, ?> first(Object answer) {
        return (Map<?, ?>) ((List<?>) ((Map<?, ?>) answer).get("resource")).getFirst();
    }

    private void same(Map<?, ?> actual, Map<String, Object> expected, String when) {
        expected.forEach((name, value) -> assertThat(plain(actual.get(name)))
                .as("%s %s as %s of %s", when, value, name, declared(name))
                .isEqualTo(plain(value)));
    }

    private String declared(String name) {
        return name.equals("id")
                ? "id"
                : cases().get(Integer.parseInt(name.substring(1))).declared();
    }

    private static Object plain(Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                : value;
    }
}
