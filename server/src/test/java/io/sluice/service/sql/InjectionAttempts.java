package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.api.Body;
import io.sluice.api.Caller;
import io.sluice.api.Content;
import io.sluice.api.Drained;
import io.sluice.api.Headers;
import io.sluice.api.Parameters;
import io.sluice.api.ResourcePath;
import io.sluice.api.Rights;
import io.sluice.api.RowRule;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.testing.DatabaseServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A sample database, the calls that try to break into it, and what no answer may show whatever was tried. */
abstract class InjectionAttempts {
    private static final Map<Class<?>, Map<String, Object>> DATABASES = new ConcurrentHashMap<>();

    @TempDir
    Path folder;

    DatabaseServer server;
    SqlApi api;
    SqlApi ruled;

    abstract DatabaseServer server(Path root);

    @BeforeEach
    void open() {
        server = server(folder);
        Map<String, Object> config = DATABASES.computeIfAbsent(getClass(), each -> server.newDatabase());
        server.empty(config);
        server.run(config, SampleTables.script(server.type()));
        Map<String, Object> impatient = new HashMap<>(config);
        impatient.put("timeout", 3);
        api = SqlApi.over(server, impatient, folder);
        ruled = api.with(onlyOslo());
    }

    @AfterEach
    void close() {
        if (api != null) {
            api.close();
        }
    }

    /** May do anything, but with customers of Oslo only. */
    private static Rights onlyOslo() {
        return new Rights() {
            @Override
            public int mask(String component) {
                return 31;
            }

            @Override
            public Optional<RowRule> rows(Verb verb, String component) {
                return component.equals("_table/customer")
                        ? Optional.of(RowRuleContract.rule("city", "=", "Oslo"))
                        : Optional.empty();
            }
        };
    }

    /** What is in all tables, by their names. */
    Map<String, Object> everything() {
        Map<String, Object> all = new TreeMap<>();
        for (Object table : (List<?>) ((Map<?, ?>) api.get("_table?as_list=true&refresh=true")).get("resource")) {
            all.put(table.toString(), api.get("_table/" + table + "?order=" + order(table.toString())));
        }
        return all;
    }

    private static String order(String table) {
        return switch (table) {
            case "customer_tag" -> "customer_id,tag_id";
            case "product" -> "sku";
            default -> "id";
        };
    }

    private static final List<String> HIDDEN = List.of("bo@example", "cy@example", "ed@example", "fay@example");
    private static final List<String> TALES = List.of(
            "syntax",
            "sqlstate",
            "jdbc",
            "psql",
            "you have an error",
            "org.",
            "java.",
            "near \"",
            "exception",
            "statement");

    /** The answer; empty when it was refused in a proper way. */
    Optional<Object> call(
            SqlApi as, Verb verb, List<String> path, Map<String, ?> options, Object body, String injected) {
        ServiceRequest plain = as.request(verb, "x", body);
        ServiceRequest request = new ServiceRequest(
                verb,
                "2",
                "sample",
                new ResourcePath(path.stream().filter(each -> !each.isEmpty()).toList(), false),
                Parameters.of(options),
                Headers.NONE,
                body == null ? Body.NONE : Body.of(body),
                "/api/v2/sample",
                Caller.PLATFORM,
                plain.rights());
        try {
            ServiceResult result = as.service().handle(request);
            Object answer = switch (result.content()) {
                case Content.Tree(Object tree) -> tree;
                case Content.Rows rows -> Drained.of(rows).value();
                case Content.Bytes bytes -> throw new AssertionError("bytes from a database");
            };
            if (as == ruled) {
                assertThat(String.valueOf(answer))
                        .as("%s %s %s", verb, path, options)
                        .doesNotContain(HIDDEN);
            }
            return Optional.of(answer == null ? "" : answer);
        } catch (ApiException e) {
            String said = String.valueOf(e.error().toMap()).toLowerCase(Locale.ROOT);
            assertThat(e.error().status())
                    .as("%s %s %s: %s %s", verb, path, options, said, e.getCause())
                    .isLessThan(500);
            for (String tale : TALES) {
                if (!injected.toLowerCase(Locale.ROOT).contains(tale)) {
                    assertThat(said).as("%s %s %s", verb, path, options).doesNotContain(tale);
                }
            }
            assertThat(said).doesNotContain(HIDDEN);
            return Optional.empty();
        }
    }
}
