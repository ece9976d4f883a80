package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Verb;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Records that carry related records, written by every database. */
abstract class NestedWriteContract extends RelatedContract {
    private static final String ITEMS = "order_item_by_order_id";

    private Object items(int order) {
        return ((Map<?, ?>) api.get("_table/order_item?fields=id,sku,qty&order=id&filter=order_id=" + order))
                .get("resource");
    }

    private String failsInBatch(SqlApi caller, Verb verb, String address, String json) {
        Map<?, ?> context = (Map<?, ?>) caller.fails(verb, address, json).get("context");
        List<?> answers = (List<?>) context.get("resource");
        return ((Map<?, ?>) answers.getLast()).get("message").toString();
    }

    @Test
    void aRecordIsCreatedWithWhatItPointsAtAndWhatPointsAtIt() {
        is(
                api.post(
                        "_table/orders?fields=status&related=customer_by_customer_id," + ITEMS
                                + "&customer_by_customer_id.fields=id,name&order_item_by_order_id.fields=sku,qty",
                        """
                        {`resource`:[{`placed_on`:`2026-03-02`,`Customer_By_Customer_Id`:{`name`:`Gil Moor`},
                         `order_item_by_order_id`:[{`sku`:`A-1`,`qty`:2},{`qty`:1,`product_by_sku`:{`sku`:`E-5`,`title`:`Easel`,`price`:3}}]}]}"""),
                """
                {`resource`:[{`status`:`new`,`customer_by_customer_id`:{`id`:7,`name`:`Gil Moor`},
                 `order_item_by_order_id`:[{`sku`:`A-1`,`qty`:2},{`sku`:`E-5`,`qty`:1}]}]}""");
        is(api.get("_table/product/E-5?fields=title,stock"), "{`title`:`Easel`,`stock`:0}");
        is(
                api.post(
                        "_table/customer?related=orders_by_customer_id&orders_by_customer_id.fields=id",
                        "[{`name`:`Hal`,`orders_by_customer_id`:[{`placed_on`:`2026-03-03`,`" + ITEMS
                                + "`:[{`qty`:1}]}]},{`name`:`Ida`}]"),
                """
                {`resource`:[{`id`:8,`orders_by_customer_id`:[{`id`:6}]},{`id`:9,`orders_by_customer_id`:[]}]}""");
        is(items(6), "[{`id`:8,`sku`:null,`qty`:1}]");
    }

    @Test
    void childrenAreChangedLinkedAndLetGo() {
        is(
                api.patch(
                        "_table/orders/1?fields=id,status",
                        "{`status`:`sent`,`" + ITEMS + "`:[{`id`:1,`qty`:7},{`id`:3},{`qty`:4}]}"),
                "{`id`:1,`status`:`sent`}");
        is(
                items(1),
                "[{`id`:1,`sku`:`A-1`,`qty`:7},{`id`:2,`sku`:`B-2`,`qty`:100},{`id`:3,`sku`:`C-3`,`qty`:2},{`id`:6,`sku`:null,`qty`:4}]");
        is(items(2), "[]");
        assertThat(api.failure(Verb.PUT, "_table/orders/1", "{`" + ITEMS + "`:[{`qty`:9},{`id`:1,`order_id`:null}]}"))
                .isEqualTo(
                        "400 " + ITEMS
                                + "[1]: Field 'order_id' can not be NULL, so this record can not be let go; allow_related_delete=true deletes it.");
        assertThat(items(1).toString()).doesNotContain("qty=9");
        is(
                api.put(
                        "_table/orders/1?allow_related_delete=true",
                        "{`" + ITEMS + "`:[{`id`:1,`order_id`:null},{`id`:6,`order_id`:null}]}"),
                "{`id`:1}");
        is(items(1), "[{`id`:2,`sku`:`B-2`,`qty`:100},{`id`:3,`sku`:`C-3`,`qty`:2}]");
        is(api.patch("_table/product/B-2", "{`order_item_by_sku`:{`id`:2,`sku`:null}}"), "{`sku`:`B-2`}");
        is(api.get("_table/order_item/2?fields=sku"), "{`sku`:null}");
        assertThat(api.failure(Verb.PATCH, "_table/product/B-2", "{`order_item_by_sku`:[{`id`:3,`sku`:null}]}"))
                .isEqualTo("404 order_item_by_sku[0]: Record with identifier '3' not found.");
    }

    @Test
    void recordsAreLinkedThroughAJunction() {
        is(
                api.patch(
                        "_table/customer?related=tag_by_customer_tag&tag_by_customer_tag.fields=label",
                        "[{`id`:4,`tag_by_customer_tag`:[{`id`:1},{`id`:2,`label`:`slow`},{`label`:`new`}]}]"),
                "{`resource`:[{`id`:4,`tag_by_customer_tag`:[{`label`:`vip`},{`label`:`slow`},{`label`:`new`}]}]}");
        is(
                api.patch(
                        "_table/customer?ids=4,1&related=tag_by_customer_tag&tag_by_customer_tag.fields=id",
                        "[{`tag_by_customer_tag`:[{`id`:1,`customer_id`:null}]}]"),
                "{`resource`:[{`id`:4,`tag_by_customer_tag`:[{`id`:2},{`id`:3}]},{`id`:1,`tag_by_customer_tag`:[{`id`:2}]}]}");
        is(api.get("_table/tag/1"), "{`id`:1,`label`:`vip`}");
        is(api.patch("_table/customer/5", "{`customer_tag_by_customer_id`:[{`tag_id`:2},{`tag_id`:1}]}"), "{`id`:5}");
        is(api.get("_table/customer_tag?count_only=true&filter=customer_id=5"), "2");
    }

    @Test
    void aRecordWithItsChildrenIsAllOrNothing() {
        String good = "{`name`:`Good`,`orders_by_customer_id`:[{`placed_on`:`2026-03-03`}]}";
        String bad = "{`name`:`Bad`,`orders_by_customer_id`:[{`placed_on`:`2026-03-03`,`" + ITEMS
                + "`:[{`qty`:1},{`qty`:`many`}]}]}";
        String broken = "{`name`:`Broken`,`orders_by_customer_id`:[{`placed_on`:`2026-03-03`},{`id`:999}]}";
        assertThat(failsInBatch(api, Verb.POST, "_table/customer", "[" + good + "," + bad + "," + good + "]"))
                .isEqualTo("orders_by_customer_id[0]." + ITEMS + "[1]: Field 'qty' must be a valid integer.");
        is(api.get("_table/customer?fields=name&filter=id>6&order=id"), "{`resource`:[{`name`:`Good`}]}");
        Map<String, Object> error =
                api.fails(Verb.POST, "_table/customer?continue=true", "[" + bad + "," + good + "," + broken + "]");
        assertThat(error.toString())
                .contains("error=[0, 2]")
                .contains("orders_by_customer_id[1]: Record with identifier '999' not found.");
        is(api.get("_table/orders?count_only=true"), "6");
        assertThat(api.fails(Verb.POST, "_table/customer?rollback=true", "[" + good + "," + bad + "]")
                        .toString())
                .contains("error=[1]")
                .contains("All changes rolled back.");
        is(api.get("_table/customer?count_only=true"), "8");
        is(api.get("_table/orders?count_only=true"), "6");
        assertThat(failsInBatch(
                        api,
                        Verb.POST,
                        "_table/orders",
                        "[{`placed_on`:`2026-03-03`,`customer_by_customer_id`:{`id`:1,`email`:`bo@example.com`}}]"))
                .isEqualTo("customer_by_customer_id: A record of table 'customer' with this 'email' already exists.");
        assertThat(api.failure(Verb.POST, "_table/customer", "[{`name`:`x`,`orders_by_customer_id`:[5]}]"))
                .isEqualTo("400 'orders_by_customer_id' must be a record or a list of records.");
    }

    @Test
    void rightsAndRowRulesOfRelatedTablesHold() {
        SqlApi noItems = api.with(rights(Set.of("order_item"), Map.of()));
        assertThat(noItems.failure(Verb.PATCH, "_table/orders/1", "{`" + ITEMS + "`:[{`qty`:1}]}"))
                .isEqualTo(
                        "403 order_item_by_order_id[0]: Access Forbidden. POST access to component '_table/order_item' of service 'sample' is not allowed by this user's role.");
        assertThat(noItems.failure(Verb.PATCH, "_table/orders/1", "{`" + ITEMS + "`:[{`id`:1,`qty`:1}]}"))
                .contains("PATCH access to component");
        SqlApi ruled = api.with(rights(
                Set.of("customer_tag"),
                Map.of(
                        "order_item",
                        rule("qty", "<", 50),
                        "product",
                        rule("stock", ">", 0),
                        "tag",
                        rule("id", "=", 1))));
        assertThat(ruled.failure(Verb.PATCH, "_table/orders/1", "{`" + ITEMS + "`:[{`id`:2,`qty`:1}]}"))
                .isEqualTo("404 order_item_by_order_id[0]: Record with identifier '2' not found.");
        assertThat(ruled.failure(Verb.PATCH, "_table/orders/1", "{`" + ITEMS + "`:[{`id`:1,`qty`:60}]}"))
                .startsWith("403 order_item_by_order_id[0]: Denied access");
        assertThat(ruled.failure(
                        Verb.PATCH,
                        "_table/orders/1?allow_related_delete=1",
                        "{`" + ITEMS + "`:[{`id`:2,`order_id`:null}]}"))
                .startsWith("404 ");
        assertThat(ruled.failure(Verb.PATCH, "_table/order_item/1", "{`product_by_sku`:{`sku`:`C-3`}}"))
                .startsWith("40");
        assertThat(ruled.failure(Verb.PATCH, "_table/customer/2", "{`tag_by_customer_tag`:[{`id`:1}]}"))
                .contains("tag_by_customer_tag[0]: Access Forbidden. POST access to component '_table/customer_tag'");
        is(api.get("_table/order_item/1?fields=qty,sku"), "{`qty`:1,`sku`:`A-1`}");
    }

    @Test
    void deletedRecordsAreAnsweredWithWhatTheyHad() {
        is(
                api.delete("_table/orders/4?fields=status&related=" + ITEMS + "&order_item_by_order_id.fields=qty"),
                "{`status`:`sent`,`order_item_by_order_id`:[{`qty`:3}]}");
        assertThat(api.failure(Verb.PATCH, "_table/orders?filter=id=1", "[{`" + ITEMS + "`:[{`qty`:1}]}]"))
                .startsWith("400 Related records can not be written through a filter.");
        assertThat(api.failure(Verb.PATCH, "_table/orders/1", "{`nosuch`:[{`qty`:1}]}"))
                .isEqualTo("400 No valid fields were found in record.");
    }
}
