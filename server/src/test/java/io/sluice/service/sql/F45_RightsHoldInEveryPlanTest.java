package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.ApiException;
import io.sluice.api.RowRule;
import io.sluice.api.Verb;
import io.sluice.testing.DatabaseServer;
import io.sluice.testing.PostgresServer;
import io.sluice.testing.SqliteFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fault F45: rights and row rules passed by through a relation, a batch, an aggregate, a count or a nested write. Every verb, path
 * and relation of the schema is tried by a caller from whom some rows and one whole table are hidden; what is hidden holds a word
 * that no answer may show, and must be the same afterwards.
 */
class F45_RightsHoldInEveryPlanTest {
    private static final String WORD = "HIDDEN";
    private static final String SPY = "like 'HID%25'";
    private static final List<String> TABLES =
            List.of("customer", "orders", "order_item", "product", "tag", "customer_tag");

    @TempDir
    Path folder;

    private static RowRule rule(String field, String operator, Object value) {
        return RowRuleContract.rule(field, operator, value);
    }

    private static SqlApi confined(SqlApi all) {
        return all.with(RelatedContract.rights(
                Set.of("order_item"),
                Map.of(
                        "customer", rule("city", "=", "Oslo"),
                        "orders", rule("status", "=", "paid"),
                        "product", rule("stock", ">", 5),
                        "tag", rule("id", "=", 1),
                        "customer_tag", rule("tag_id", "=", 1))));
    }

    private static void hide(DatabaseServer server, Map<String, Object> config) {
        server.run(config, """
                UPDATE customer SET name = 'HIDDEN' WHERE city IS NULL OR city <> 'Oslo';
                UPDATE orders SET status = 'HIDDEN' WHERE status <> 'paid';
                UPDATE product SET title = 'HIDDEN' WHERE stock <= 5;
                INSERT INTO product (sku, title, price, stock) VALUES ('HIDDEN', 'HIDDEN', 1, 1);
                UPDATE order_item SET sku = 'HIDDEN';
                UPDATE tag SET label = 'HIDDEN' WHERE id <> 1;""");
    }

    private static final List<String> SEEN = List.of(
            "_table/customer?fields=*&order=id&filter=name=HIDDEN",
            "_table/orders?fields=*&order=id&filter=status=HIDDEN",
            // The database itself deletes the items of orders 2 and 3, which the caller may delete, with them.
            "_table/order_item?fields=*&order=id&filter=sku=HIDDEN and order_id in (1,4)",
            "_table/product?fields=*&order=sku&filter=title=HIDDEN",
            "_table/tag?fields=*&order=id&filter=label=HIDDEN",
            "_table/customer_tag?fields=*&order=customer_id&filter=tag_id=2");

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "pgsql"})
    void nothingHiddenIsShownOrChanged(String type) {
        DatabaseServer server = type.equals("sqlite") ? new SqliteFolder(folder) : PostgresServer.get();
        Map<String, Object> config = server.newDatabase();
        server.run(config, SampleTables.script(server.type()));
        hide(server, config);
        try (SqlApi all = SqlApi.over(server, config, folder)) {
            List<Object> before = SEEN.stream().map(all::get).toList();
            assertThat(before.toString()).contains(WORD);
            List<Attempt> attempts = attempts(all);
            assertThat(attempts).hasSizeGreaterThan(200);
            for (Attempt attempt : attempts) {
                String told = attempt.tryAs(confined(all));
                assertThat(told).as("%s", attempt).doesNotContain(WORD);
                if (attempt.counts()) {
                    assertThat(told).as("%s", attempt).isIn("0", "refused");
                }
            }
            assertThat(SEEN.stream().map(all::get).toList()).isEqualTo(before);
        }
    }

    /** {@code counts}: the number of hidden records that fit is asked for, which must be none. */
    private record Attempt(Verb verb, String address, Object body, boolean counts) {
        String tryAs(SqlApi caller) {
            try {
                return String.valueOf(caller.call(verb, address, body));
            } catch (ApiException e) {
                assertThat(e.error().status()).as("%s", this).isBetween(400, 409);
                assertThat(String.valueOf(e.error().toMap())).as("%s", this).doesNotContain(WORD);
                return "refused";
            }
        }
    }

    private static List<Attempt> attempts(SqlApi all) {
        List<Attempt> attempts = new ArrayList<>();
        Schema schema = all.service().database().schema();
        for (String name : TABLES) {
            Table table = schema.table(name);
            reads(attempts, table, "");
            for (Relation relation : schema.relations(table)) {
                Table target = schema.table(relation.refTable());
                reads(attempts, table, "&related=" + relation.name());
                reads(attempts, table, "&related=" + relation.name() + ".*");
                spies(attempts, table, relation.name() + ".", target);
                schema.relations(target)
                        .forEach(second -> spies(
                                attempts,
                                table,
                                relation.name() + "." + second.name() + ".",
                                schema.table(second.refTable())));
            }
        }
        for (String name : TABLES) {
            Table table = schema.table(name);
            schema.relations(table).forEach(relation -> nested(attempts, table, relation, schema));
        }
        TABLES.forEach(name -> named(attempts, schema.table(name)));
        newAlike(attempts);
        TABLES.forEach(name -> writes(attempts, schema.table(name)));
        return attempts;
    }

    private static void add(List<Attempt> attempts, Verb verb, String address, String json) {
        attempts.add(new Attempt(verb, address, json == null ? null : SqlApi.json(json), false));
    }

    /** Calls on the closed table itself never come as far as this. */
    private static boolean open(Table table) {
        return !table.name().equals("order_item");
    }

    private static void reads(List<Attempt> attempts, Table table, String more) {
        if (open(table)) {
            String address = "_table/" + table.name();
            add(attempts, Verb.GET, address + "?fields=*" + more, null);
            add(attempts, Verb.GET, address + "?fields=*&ids=" + ids(table) + more, null);
            add(attempts, Verb.GET, address + "?fields=*&continue=true&ids=" + ids(table) + more, null);
            add(attempts, Verb.GET, address + "?fields=*&distinct=true" + more, null);
            add(attempts, Verb.GET, address + "?as_list=true" + more, null);
            for (Column column : table.columns()) {
                add(
                        attempts,
                        Verb.GET,
                        address + "?group=" + column.name() + "&fields=MAX(" + column.name() + ")",
                        null);
                attempts.add(new Attempt(
                        Verb.GET, address + "?count_only=true&filter=" + column.name() + " " + SPY, null, true));
            }
            for (String id : idList(table)) {
                add(attempts, Verb.GET, address + "/" + id + "?fields=*" + more, null);
            }
        }
    }

    private static void spies(List<Attempt> attempts, Table table, String path, Table target) {
        if (open(table)) {
            for (Column column : target.columns()) {
                attempts.add(new Attempt(
                        Verb.GET,
                        "_table/" + table.name() + "?count_only=true&filter=" + path + column.name() + " " + SPY,
                        null,
                        true));
            }
        }
    }

    private static List<String> idList(Table table) {
        return switch (table.name()) {
            case "product" -> List.of("A-1", "B-2", "C-3", "HID");
            case "customer_tag" -> List.of("(1,1)", "(1,2)", "(4,1)");
            default -> List.of("1", "2", "3", "4", "5", "6");
        };
    }

    private static String ids(Table table) {
        return String.join(",", idList(table));
    }

    private static String text(Table table) {
        return switch (table.name()) {
            case "customer" -> "name";
            case "orders" -> "status";
            case "order_item" -> "qty";
            case "product" -> "title";
            case "tag" -> "label";
            default -> "tag_id";
        };
    }

    private static String hiddenKey(Table table) {
        return switch (table.name()) {
            case "product" -> "`sku`:`C-3`";
            case "customer_tag" -> "`customer_id`:1,`tag_id`:2";
            case "order_item" -> "`id`:5";
            case "orders" -> "`id`:1";
            default -> "`id`:2";
        };
    }

    private static String visibleKey(Table table) {
        return switch (table.name()) {
            case "product" -> "`sku`:`A-1`";
            case "customer_tag" -> "`customer_id`:1,`tag_id`:1";
            case "orders" -> "`id`:2";
            default -> "`id`:1";
        };
    }

    private static void writes(List<Attempt> attempts, Table table) {
        if (open(table)) {
            String address = "_table/" + table.name();
            String record = "[{" + hiddenKey(table) + ",`" + text(table) + "`:`7`}]";
            for (Verb verb : List.of(Verb.PATCH, Verb.PUT)) {
                add(attempts, verb, address + "?fields=*&related=*", record);
                add(
                        attempts,
                        verb,
                        address + "?fields=*&continue=true&ids=" + ids(table),
                        "[{`nosuch`:1,`" + text(table) + "`:`paid`}]");
            }
            add(attempts, Verb.DELETE, address + "?fields=*&related=*", record);
            add(attempts, Verb.DELETE, address + "?fields=*&filter=" + text(table) + " " + SPY, null);
            add(
                    attempts,
                    Verb.PATCH,
                    address + "?fields=*&filter=" + text(table) + " " + SPY,
                    "[{`" + text(table) + "`:`8`}]");
            add(attempts, Verb.DELETE, address + "?force=true", null);
        }
    }

    /** A visible record carries a hidden one: to change it, to take it over, to let it go, to delete it. */
    private static void nested(List<Attempt> attempts, Table table, Relation relation, Schema schema) {
        if (open(table)) {
            Table target = schema.table(relation.refTable());
            String reference = relation.junction() == null
                    ? relation.refField()
                    : relation.junction().column();
            for (String child : List.of(
                    hiddenKey(target),
                    hiddenKey(target) + ",`" + text(target) + "`:`7`",
                    hiddenKey(target) + ",`" + reference + "`:null")) {
                for (String options : List.of("?fields=*&related=*", "?fields=*&related=*&allow_related_delete=true")) {
                    add(
                            attempts,
                            Verb.PATCH,
                            "_table/" + table.name() + options,
                            "[{" + visibleKey(table) + ",`" + relation.name() + "`:[{" + child + "}]}]");
                    add(
                            attempts,
                            Verb.POST,
                            "_table/" + table.name() + options,
                            "[{`" + relation.name() + "`:[{" + child + "}]}]");
                }
            }
        }
    }

    /** Records named by a field that others share, those whom the rule hides among them. */
    private static void named(List<Attempt> attempts, Table table) {
        if (open(table)) {
            for (Column column : table.columns()) {
                for (String id : List.of("Lima", "true", "1", "2", "paid")) {
                    String options = "?fields=*&id_field=" + column.name();
                    String address = "_table/" + table.name();
                    add(attempts, Verb.GET, address + "/" + id + options, null);
                    add(attempts, Verb.GET, address + options + "&continue=true&ids=" + id, null);
                    add(
                            attempts,
                            Verb.PATCH,
                            address + options + "&filter=" + text(table) + " " + SPY,
                            "[{`" + text(table) + "`:`7`}]");
                }
            }
        }
    }

    /** New and changed records outside the rule, while one within it has the same value of the identifying field. */
    private static void newAlike(List<Attempt> attempts) {
        String hidden = "`name`:`HIDDEN`,`city`:`Lima`,`active`:true";
        add(attempts, Verb.POST, "_table/customer?id_field=active", "[{" + hidden + "}]");
        add(attempts, Verb.PATCH, "_table/customer/1?id_field=id", "{" + hidden + "}");
        add(attempts, Verb.PATCH, "_table/customer/Oslo?id_field=city", "{" + hidden + "}");
        add(attempts, Verb.PATCH, "_table/customer/true?id_field=active", "{" + hidden + "}");
        String order = "`placed_on`:`2026-01-01`,`customer_id`:1,`status`:`HIDDEN`";
        add(attempts, Verb.POST, "_table/orders?id_field=customer_id", "[{" + order + "}]");
        add(attempts, Verb.PATCH, "_table/orders/2026-02-03?id_field=placed_on", "{" + order + "}");
    }
}
