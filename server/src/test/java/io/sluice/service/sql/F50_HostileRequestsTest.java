package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Content;
import io.sluice.api.Drained;
import io.sluice.api.Parameters;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.api.filter.FilterParser;
import io.sluice.testing.Draws;
import io.sluice.testing.SqliteFolder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests made to be expensive: a clear 400, and hardly any work. Options come as in the body of a POST that stands for a GET. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class F50_HostileRequestsTest {
    private static final long BUDGET_NANOS = 50_000_000;
    private static final int WARM_UP = 10;
    private static final int TRIES = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @TempDir
    static Path folder;

    private SqlApi api;

    @BeforeAll
    void open() {
        SqliteFolder server = new SqliteFolder(folder);
        Map<String, Object> config = server.newDatabase();
        server.run(config, SampleTables.script(server.type()));
        api = SqlApi.over(server, config, folder);
    }

    @AfterAll
    void close() {
        api.close();
    }

    /** CPU of this thread, not time: what else the machine does plays no part. The best of several, once the code is warm. */
    private static void cheap(Runnable work) {
        for (int i = 0; i < WARM_UP; i++) {
            work.run();
        }
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = THREADS.getCurrentThreadCpuTime();
            work.run();
            best = Math.min(best, THREADS.getCurrentThreadCpuTime() - before);
        }
        assertThat(best).as("nanoseconds of CPU").isLessThan(BUDGET_NANOS);
    }

    private ServiceResult read(Map<String, Object> options) {
        return api.service().handle(api.request(Verb.GET, "_table/customer", options));
    }

    /** Refused in words that are short and name what is wrong. */
    private static void refused(Runnable call, String named) {
        ApiException e = refusal(call);
        assertThat(e.error().status()).isEqualTo(400);
        assertThat(e.error().message()).contains(named).hasSizeLessThan(2_100);
    }

    private static ApiException refusal(Runnable call) {
        try {
            call.run();
        } catch (ApiException e) {
            return e;
        }
        throw new AssertionError("it was answered");
    }

    private static String many(int times, String piece, String between) {
        return String.join(between, Collections.nCopies(times, piece));
    }

    static Stream<Arguments> options() {
        String megabyte = "x".repeat(1 << 20);
        return Stream.of(
                Arguments.of("limit", "1e9", "whole number"),
                Arguments.of("limit", "99999999999999999999", "whole number"),
                Arguments.of("limit", megabyte, "whole number"),
                Arguments.of("offset", "1e30", "whole number"),
                Arguments.of("offset", "NaN", "whole number"),
                Arguments.of("filter", many(10_000, "id=1", " or "), "filter"),
                Arguments.of("filter", many(1_500, "id=1", " or "), "1000 conditions"),
                Arguments.of("filter", "(".repeat(1 << 20), "longer than"),
                Arguments.of("filter", "(".repeat(60_000), "nested deeper"),
                Arguments.of("filter", "(".repeat(500_000) + "id=1" + ")".repeat(500_000), "longer than"),
                Arguments.of("filter", many(16_000, "not", " ") + " id=1", "nested deeper"),
                Arguments.of("filter", many(900, "id=1", " xor "), "xor"),
                Arguments.of("filter", many(10, "id in (" + many(50, "1", ",") + ")", " xor "), "xor"),
                Arguments.of("filter", megabyte + "=1", "longer than"),
                Arguments.of("filter", "x".repeat(60_000) + "=1", "field"),
                Arguments.of("filter", "name='" + "'".repeat(60_000), "quote"),
                Arguments.of("filter", "name=" + "(".repeat(60_000), "parenthesis"),
                Arguments.of("filter", many(20_000, "a", " ") + " b", "operator"),
                Arguments.of("filter", "id in (" + many(200_000, "1", ",") + ")", "longer than"),
                Arguments.of("fields", many(10_000, "id", ","), "fields"),
                Arguments.of("fields", many(400_000, "id", ","), "fields"),
                Arguments.of("fields", megabyte, "fields"),
                Arguments.of("fields", "x".repeat(60_000), "Invalid field"),
                Arguments.of("order", many(10_000, "id", ","), "order"),
                Arguments.of("order", megabyte, "order"),
                Arguments.of("order", "id " + " ".repeat(60_000) + ";", "order"),
                Arguments.of("group", many(10_000, "id", ","), "group"),
                Arguments.of("group", megabyte, "group"),
                Arguments.of("id_field", many(10_000, "id", ","), "id_field"),
                Arguments.of("ids", many(100_000, "7", ","), "1000 identifiers"),
                Arguments.of("ids", IntStream.range(0, 100_000).boxed().toList(), "1000 identifiers"),
                Arguments.of("params", "{".repeat(1 << 20), ""),
                Arguments.of("params", "[".repeat(1 << 20), "params"));
    }

    @ParameterizedTest(name = "{0} #{index}")
    @MethodSource("options")
    void options_of_a_read(String option, Object value, String named) {
        Map<String, Object> options = new HashMap<>(Map.of(option, value));
        if (option.equals("params")) {
            options.put("filter", "id = :x");
        }
        if (option.equals("id_field")) {
            options.put("ids", "1");
        }
        refused(() -> read(options), named);
        cheap(() -> refusal(() -> read(options)));
    }

    @Test
    void a_parameter_with_very_many_values() {
        Map<String, Object> options = Map.of(
                "filter",
                "id in (:list)",
                "params",
                Map.of("list", IntStream.range(0, 1_000_000).boxed().toList()));
        refused(() -> read(options), "10000 values");
        cheap(() -> refusal(() -> read(options)));
    }

    @Test
    void what_is_large_but_allowed_is_planned_cheaply() {
        for (Map<String, Object> options : List.<Map<String, Object>>of(
                Map.of("filter", "id in (" + many(9_990, "1", ",") + ")"),
                Map.of("filter", many(1_000, "id=1", " or ")),
                Map.of("filter", "(".repeat(60) + "id=1" + ")".repeat(60)),
                Map.of("fields", many(1_999, "id", ",")),
                Map.of("order", many(1_999, "id desc", ",")))) {
            cheap(() -> Selection.of(TableCall.of(
                    api.service().database(),
                    new TableCall.Limits(1_000, false),
                    api.request(Verb.GET, "_table/customer", options),
                    api.service().database().schema().table("customer"))));
        }
    }

    @Test
    void limits_above_the_largest_are_capped_and_offsets_have_no_end() {
        assertThat(rows(Map.of("limit", "1000000000"))).isEqualTo(6);
        assertThat(rows(Map.of("limit", "-5"))).isEqualTo(6);
        assertThat(rows(Map.of("offset", "-5"))).isEqualTo(6);
        assertThat(rows(Map.of("offset", "1000000000000"))).isZero();
        Content.Tree last = Drained.of((Content.Rows)
                read(Map.of("offset", Long.MAX_VALUE, "include_count", "true")).content());
        assertThat(String.valueOf(last.value())).contains("count=6").doesNotContain("next");
    }

    private int rows(Map<String, Object> options) {
        return Drained.rows((Content.Rows) read(options).content()).size();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("deep lists", "[".repeat(100_000), ""),
                Arguments.of("deep lists that end", "[".repeat(100_000) + "]".repeat(100_000), ""),
                Arguments.of("deep objects", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000), ""),
                Arguments.of("the same name twice", "{\"filter\":\"id=1\",\"filter\":\"id=2\"}", "'filter' twice"),
                Arguments.of("the same name twice, null", "{\"a\":null,\"a\":1}", "'a' twice"),
                Arguments.of("a number of a million digits", "{\"limit\":" + "9".repeat(1_000_000) + "}", ""),
                Arguments.of("a number beyond all bounds", "{\"limit\":1e999999999}", ""),
                Arguments.of("never closed", "{\"a\":\"" + "x".repeat(1_000_000), ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void json_bodies(String what, String text, String named) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        refused(() -> Body.raw(bytes, "application/json").payload(), named);
        cheap(() -> refusal(() -> Body.raw(bytes, "application/json").payload()));
    }

    @Test
    void very_many_parameters() {
        String query = IntStream.range(0, 50_000).mapToObj(i -> "a" + i + "=1").collect(Collectors.joining("&"));
        cheap(() -> Parameters.parse(query));
        cheap(() -> Parameters.parse("a[]=1&".repeat(50_000)));
    }

    // the parser

    private static final String[] PIECES = {
        "a",
        "1",
        " ",
        "(",
        ")",
        ",",
        "'",
        "\"",
        "''",
        "`",
        "=",
        "<",
        ">",
        "!=",
        "&&",
        "||",
        " and ",
        " or ",
        " xor ",
        " nor ",
        "not ",
        " in ",
        " in (",
        " is ",
        " null",
        " like ",
        " between ",
        "starts",
        " with ",
        "ends",
        ":p",
        "%",
        "\\",
        "\u0000",
        "é",
        "\uD83D",
        "and(",
        ")or(",
        "  ",
        "\t",
        "--",
        "/*",
        ";",
        "contains",
        ".",
        "*",
        "+",
        "1e9",
        "-",
        "[",
        "]",
        "{",
        "}"
    };

    private static boolean parses(String text) {
        try {
            FilterParser.parse(text);
            return true;
        } catch (ApiException e) {
            assertThat(e.error().status()).isEqualTo(400);
            return false;
        }
    }

    @Test
    void the_parser_gives_a_filter_or_says_400() {
        Draws.times(3_000, draw -> parses(String.join("", draw.list(0, 60, () -> draw.of(PIECES)))));
        Draws.times(1_000, draw -> parses(draw.text(0, 200)));
    }

    @Test
    void the_parser_takes_linear_time_whatever_is_repeated() {
        Draws.times(150, draw -> {
            String start = String.join("", draw.list(0, 5, () -> draw.of(PIECES)));
            String again = String.join("", draw.list(1, 4, () -> draw.of(PIECES)));
            String end = String.join("", draw.list(0, 5, () -> draw.of(PIECES)));
            int times = (FilterParser.MAX_LENGTH - start.length() - end.length()) / again.length();
            String text = start + again.repeat(times) + end;
            long best = Long.MAX_VALUE;
            for (int i = 0; i < TRIES && best > BUDGET_NANOS; i++) {
                long before = THREADS.getCurrentThreadCpuTime();
                parses(text);
                best = Math.min(best, THREADS.getCurrentThreadCpuTime() - before);
            }
            assertThat(best).as("%s %s %s", start, again, end).isLessThan(BUDGET_NANOS);
        });
    }
}
