package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Content;
import io.sluice.api.Drained;
import io.sluice.api.Format;
import io.sluice.api.Rights;
import io.sluice.api.Row;
import io.sluice.api.RowRule;
import io.sluice.api.ServiceRequest;
import io.sluice.api.Verb;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Related records, in reads and in filters, as every database does them. */
abstract class RelatedContract extends RowRuleContract {

    /** A caller who may not use some tables at all, and sees only some rows of others. */
    static Rights rights(Set<String> closed, Map<String, RowRule> rules) {
        return new Rights() {
            @Override
            public int mask(String component) {
                return closed.contains(component.substring(component.indexOf('/') + 1)) ? 0 : 31;
            }

            @Override
            public Optional<RowRule> rows(Verb verb, String component) {
                return Optional.ofNullable(rules.get(component.substring(component.indexOf('/') + 1)));
            }
        };
    }

    @Test
    void eachKindOfRelation() {
        is(
                api.get(
                        "_table/orders/1?fields=id&related=customer_by_customer_id&customer_by_customer_id.fields=name"),
                "{`id`:1,`customer_by_customer_id`:{`name`:`Ann Vale`}}");
        is(api.get("_table/customer/1?fields=id&related=tag_by_customer_tag"), """
                {`id`:1,`tag_by_customer_tag`:[{`id`:1,`label`:`vip`},{`id`:2,`label`:`late`}]}""");
        is(
                api.get(
                        "_table/customer?ids=4,2&fields=name&related=orders_by_customer_id&orders_by_customer_id_fields=id"),
                """
                {`resource`:[{`name`:`Di Moss`,`orders_by_customer_id`:[{`id`:4}]},{`name`:`Bo Reed`,`orders_by_customer_id`:[{`id`:3}]}]}""");
        assertThat(((Map<?, ?>) api.get("_table/customer/1?related=*")).keySet().toString())
                .contains("orders_by_customer_id", "tag_by_customer_tag", "customer_tag_by_customer_id", "name");
        is(api.get("_table/tag/1?fields=id&related=nosuch,nosuch.x"), "{`id`:1}");
        is(
                api.get("_table/order_item?fields=id&filter=id=1&related=PRODUCT_BY_SKU&product_by_sku.fields=title"),
                "{`resource`:[{`id`:1,`product_by_sku`:{`title`:`Anvil`}}]}");
    }

    @Test
    void aRecordSharedByManyIsEachOnesOwn() throws Exception {
        try (Content content = api.service()
                .handle(api.request(
                        Verb.GET, "_table/orders?filter=customer_id=1&related=customer_by_customer_id", null))
                .content()) {
            List<Row> orders = Drained.rows((Content.Rows) content);
            ((Row) orders.getFirst().get("customer_by_customer_id")).put("name", "changed by a script");
            assertThat(((Row) orders.getLast().get("customer_by_customer_id")).get("name"))
                    .isEqualTo("Ann Vale");
        }
    }

    @Test
    void aHasOneIsAnObjectOrAnEmptyList() {
        server.run(config, """
                CREATE TABLE profile (customer_id integer NOT NULL PRIMARY KEY, bio varchar(20),
                  CONSTRAINT profile_customer FOREIGN KEY (customer_id) REFERENCES customer(id));
                INSERT INTO profile VALUES (2, 'reader');""");
        api.service().clearCache();
        is(api.get("_table/customer?fields=id&limit=2&order=id&related=profile_by_customer_id"), """
                {`resource`:[{`id`:1,`profile_by_customer_id`:[]},{`id`:2,`profile_by_customer_id`:{`customer_id`:2,`bio`:`reader`}}]}""");
    }

    @Test
    void relationsOfRelations() {
        is(
                api.get("_table/customer?filter=id<3&order=id&fields=id"
                        + "&related=orders_by_customer_id.order_item_by_order_id.product_by_sku,orders_by_customer_id.customer_by_customer_id"
                        + "&orders_by_customer_id.fields=status&orders_by_customer_id.order=id desc"
                        + "&orders_by_customer_id.customer_by_customer_id.fields=name"
                        + "&orders_by_customer_id.order_item_by_order_id.fields=qty"
                        + "&orders_by_customer_id.order_item_by_order_id.product_by_sku_fields=title"),
                """
                {`resource`:[
                 {`id`:1,`orders_by_customer_id`:[
                   {`status`:`paid`,`customer_by_customer_id`:{`name`:`Ann Vale`},`order_item_by_order_id`:[{`qty`:2,`product_by_sku`:{`title`:`Crate`}}]},
                   {`status`:`new`,`customer_by_customer_id`:{`name`:`Ann Vale`},`order_item_by_order_id`:[
                     {`qty`:1,`product_by_sku`:{`title`:`Anvil`}},{`qty`:100,`product_by_sku`:{`title`:`Bolt`}}]}]},
                 {`id`:2,`orders_by_customer_id`:[
                   {`status`:`paid`,`customer_by_customer_id`:{`name`:`Bo Reed`},`order_item_by_order_id`:[{`qty`:10,`product_by_sku`:{`title`:`Bolt`}}]}]}]}""");
        assertThat(api.failure(
                        Verb.GET,
                        "_table/orders?related="
                                + "customer_by_customer_id.orders_by_customer_id.".repeat(6)
                                + "customer_by_customer_id",
                        null))
                .startsWith("400 'related' follows relations deeper than 8 levels");
        assertThat(api.failure(Verb.GET, "_table/customer?related=*.*.*.*.*", null))
                .startsWith("400 ");
    }

    @Test
    void theLimitOfARelationCountsForEachParent() {
        String address =
                "_table/customer?filter=id<3&order=id&fields=id&related=orders_by_customer_id,tag_by_customer_tag"
                        + "&orders_by_customer_id.fields=id&tag_by_customer_tag.fields=label&orders_by_customer_id.order=id desc"
                        + "&tag_by_customer_tag.order=label desc";
        is(api.get(address + "&orders_by_customer_id.limit=1&tag_by_customer_tag_limit=1"), """
                {`resource`:[{`id`:1,`orders_by_customer_id`:[{`id`:2}],`tag_by_customer_tag`:[{`label`:`vip`}]},
                 {`id`:2,`orders_by_customer_id`:[{`id`:3}],`tag_by_customer_tag`:[]}]}""");
        is(api.get(address + "&orders_by_customer_id.limit=0"), """
                {`resource`:[{`id`:1,`orders_by_customer_id`:[{`id`:2},{`id`:1}],`tag_by_customer_tag`:[{`label`:`vip`},{`label`:`late`}]},
                 {`id`:2,`orders_by_customer_id`:[{`id`:3}],`tag_by_customer_tag`:[]}]}""");
    }

    @Test
    void wrongOptionsOfARelation() {
        String related = "_table/customer?related=orders_by_customer_id&orders_by_customer_id.";
        assertThat(api.failure(Verb.GET, related + "fields=stats", null))
                .isEqualTo(
                        "400 Invalid field requested: stats. Table 'orders' has no such field; did you mean 'status'?");
        assertThat(api.failure(Verb.GET, related + "order=nosuch", null))
                .isEqualTo("400 Invalid field 'nosuch' in order by clause.");
        assertThat(api.failure(Verb.GET, related + "limit=x", null)).startsWith("400 Parameter");
        assertThat(api.failure(Verb.GET, related + "group=status", null)).startsWith("400 ");
        assertThat(api.failure(Verb.GET, "_table/customer?group=city&fields=city&related=*", null))
                .isEqualTo("400 Related records can not be read together with group.");
    }

    @Test
    void pagesOfManyRecordsGetTheirRelatedOnes() {
        StringBuilder rows = new StringBuilder("INSERT INTO note (body) VALUES ('x')");
        rows.append(",('x')".repeat(2_499))
                .append(";\nCREATE TABLE line (id integer PRIMARY KEY, note_id integer NOT NULL,")
                .append(" CONSTRAINT line_note FOREIGN KEY (note_id) REFERENCES note(id));\n")
                .append("INSERT INTO line (id, note_id) SELECT id, id FROM note;");
        server.run(config, rows.toString());
        api.service().clearCache();
        Map<?, ?> answer = (Map<?, ?>) api.call(
                Verb.GET,
                "_table/note?fields=body&order=id",
                SqlApi.json("{`related`:`line_by_note_id`,`line_by_note_id.fields`:`note_id`}"));
        List<?> first = (List<?>) answer.get("resource");
        assertThat(first).hasSize(1_000);
        is(first.get(999), "{`body`:`x`,`line_by_note_id`:[{`note_id`:1000}]}");
        is(answer.get("meta"), "{`next`:1000,`count`:2500}");
    }

    @Test
    void filteringByFieldsOfRelatedTables() {
        is(
                api.get("_table/orders?fields=id&order=id&filter=customer_by_customer_id.city = 'Oslo'"),
                "{`resource`:[{`id`:1},{`id`:2},{`id`:4}]}");
        is(
                api.get(
                        "_table/orders?fields=id&order=id&filter=(customer.city = 'Oslo') and (not product.title like 'B%25')"),
                "{`resource`:[{`id`:2},{`id`:4}]}");
        is(
                api.get(
                        "_table/customer?fields=id&order=id&filter=tag_by_customer_tag.label in ('vip','x') and orders.status between ('a','o')"),
                "{`resource`:[{`id`:1}]}");
        is(
                api.get(
                        "_table/customer?fields=id&filter=orders.order_item.product.title contains 'crat' or orders.order_item.product.title contains 'Crat'"),
                "{`resource`:[{`id`:1}]}");
        is(api.get("_table/customer?count_only=true&filter=orders.meta is null"), "2");
        is(
                api.patch("_table/orders?filter=customer.city='Lima'&fields=id", "[{`status`:`late`}]"),
                "{`resource`:[{`id`:3}]}");
        is(api.delete("_table/order_item?filter=orders.status=late&fields=id"), "{`resource`:[{`id`:4}]}");
        assertThat(api.failure(Verb.GET, "_table/orders?filter=customer.citty=x", null))
                .isEqualTo(
                        "400 Invalid or unparsable field in filter request: 'citty'. Table 'customer' has no such field; did you mean 'city'?");
        assertThat(api.failure(Verb.GET, "_table/orders?filter=nosuch.city=x", null))
                .isEqualTo("400 Invalid or unparsable field in filter request: 'nosuch.city'");
    }

    @Test
    void severalRelationsToOneTableMustBeNamed() {
        server.run(config, """
                CREATE TABLE move (id integer PRIMARY KEY, a integer, b integer,
                  CONSTRAINT move_a FOREIGN KEY (a) REFERENCES tag(id), CONSTRAINT move_b FOREIGN KEY (b) REFERENCES tag(id));
                CREATE TABLE step (id integer PRIMARY KEY, before_id integer,
                  CONSTRAINT step_before FOREIGN KEY (before_id) REFERENCES step(id));
                INSERT INTO move VALUES (1, 1, 2);
                INSERT INTO step VALUES (1, NULL), (2, 1), (3, 2);""");
        api.service().clearCache();
        assertThat(api.failure(Verb.GET, "_table/move?filter=tag.label=vip", null))
                .contains("name one of them: tag_by_a, tag_by_b.");
        is(api.get("_table/move?fields=id&filter=tag_by_b.label=late"), "{`resource`:[{`id`:1}]}");
        is(api.get("_table/step?fields=id&filter=step_by_before_id.before_id=1"), "{`resource`:[{`id`:3}]}");
        assertThat(api.get("_table/step?fields=id&order=id&related=step_by_before_id&step_by_before_id.fields=id")
                        .toString())
                .contains("step_by_before_id");
    }

    @Test
    void relatedRecordsNeedRightsOfTheirOwn() {
        SqlApi some = api.with(rights(
                Set.of("order_item"), Map.of("orders", rule("status", "=", "paid"), "tag", rule("label", "=", "vip"))));
        assertThat(some.failure(Verb.GET, "_table/orders?related=order_item_by_order_id", null))
                .isEqualTo(
                        "403 Access Forbidden. GET access to component '_table/order_item' of service 'sample' is not allowed by this user's role.");
        assertThat(some.failure(Verb.GET, "_table/orders?filter=order_item.qty=1", null))
                .startsWith("403 ");
        assertThat(((Map<?, ?>) some.get("_table/orders/2?related=*")).keySet().toString())
                .contains("customer_by_customer_id")
                .doesNotContain("order_item_by_order_id", "product_by_order_item");
        is(
                some.get("_table/customer/1?fields=id&related=orders_by_customer_id,tag_by_customer_tag"
                        + "&orders_by_customer_id.fields=id&tag_by_customer_tag.fields=id"),
                "{`id`:1,`orders_by_customer_id`:[{`id`:2}],`tag_by_customer_tag`:[{`id`:1}]}");
        is(some.get("_table/customer?fields=id&filter=orders.status=new"), "{`resource`:[]}");
        SqlApi noLinks = api.with(rights(Set.of(), Map.of("customer_tag", rule("tag_id", "=", 2))));
        is(
                noLinks.get("_table/customer/1?fields=id&related=tag_by_customer_tag&tag_by_customer_tag.fields=id"),
                "{`id`:1,`tag_by_customer_tag`:[{`id`:2}]}");
        is(noLinks.get("_table/customer?fields=id&filter=tag_by_customer_tag.label=vip"), "{`resource`:[]}");
    }

    @Test
    void namesOfRelationsHaveAnEnd() {
        assertThat(api.failure(Verb.GET, "_table/customer?related=" + "x,".repeat(5_000) + "x", null))
                .startsWith("400 Parameter 'related' is too long");
    }

    @Test
    void recordsWithRelationsAreLimitedHoweverTheyCame() {
        Database database = api.service().database();
        TableCall.Limits limits = new TableCall.Limits(1_000_000, false);
        ServiceRequest lines = as(Format.CSV, api.request(Verb.GET, "_table/orders", null));
        TableCall plain =
                TableCall.of(database, limits, lines, database.schema().table("orders"));
        assertThat(Selection.of(plain).counting().most()).isEqualTo(1_000_000);
        api.patch("_schema/orders/_related/customer_by_customer_id", "{`always_fetch`:true}");
        TableCall always =
                TableCall.of(database, limits, lines, database.schema().table("orders"));
        assertThat(Selection.of(always).counting().most()).isEqualTo(limits.maxRecords());
    }

    private static ServiceRequest as(Format format, ServiceRequest plain) {
        return new ServiceRequest(
                plain.verb(),
                plain.version(),
                plain.service(),
                plain.resource(),
                plain.parameters(),
                plain.headers(),
                plain.body(),
                plain.uri(),
                plain.caller(),
                plain.rights(),
                plain.remoteAddress(),
                format);
    }

    @Test
    void blanksAtTheEndTellTwoParentsApartWhereTheDatabaseDoes() {
        if (api.service().database().dialect().foldsCase()) {
            return;
        }
        server.run(config, """
                CREATE TABLE place (code varchar(10) NOT NULL PRIMARY KEY);
                CREATE TABLE stay (id integer NOT NULL PRIMARY KEY, place_code varchar(10),
                  CONSTRAINT stay_place FOREIGN KEY (place_code) REFERENCES place(code));
                INSERT INTO place VALUES ('a'), ('a ');
                INSERT INTO stay VALUES (1, 'a'), (2, 'a ');""");
        api.service().clearCache();
        is(api.get("_table/stay?order=id&fields=id&related=place_by_place_code"), """
                {`resource`:[{`id`:1,`place_by_place_code`:{`code`:`a`}},{`id`:2,`place_by_place_code`:{`code`:`a `}}]}""");
    }
}
