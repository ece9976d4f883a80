package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Rights;
import io.sluice.api.RowRule;
import io.sluice.api.Verb;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records may be named by any field; what was written is known by the primary key all the same. */
abstract class IdentityContract extends NestedWriteContract {
    private static final String DENIED = "Denied access to some of the requested fields.";

    private SqlApi over(String option, Object value) {
        Map<String, Object> more = new HashMap<>(config);
        more.put(option, value);
        return SqlApi.over(server, more, folder);
    }

    @Test
    void anIdFieldThatOthersShareDoesNotPassARowRuleBy() {
        SqlApi oslo = api.ruled(rule("city", "=", "Oslo"));
        assertThat(oslo.fails(
                                Verb.POST,
                                "_table/customer?id_field=active",
                                "[{`name`:`X`,`city`:`Lima`,`active`:true}]")
                        .toString())
                .contains(DENIED);
        SqlApi active = api.ruled(rule("active", "=", true));
        assertThat(active.failure(Verb.PATCH, "_table/customer/Oslo?id_field=city", "{`city`:`Lima`,`active`:false}"))
                .isEqualTo("403 " + DENIED);
        is(api.get("_table/customer?count_only=true"), "6");
        is(api.get("_table/customer?as_list=true&order=id&filter=city=Oslo"), "{`resource`:[1,4]}");
        is(active.patch("_table/customer/Oslo?id_field=city", "{`credit`:1}"), "{`city`:`Oslo`}");
        is(api.get("_table/customer?as_list=true&order=id&filter=credit=1"), "{`resource`:[1,4]}");
        is(
                active.patch("_table/customer/bo@example.com?id_field=email", "{`email`:`b2@example.com`}"),
                "{`email`:`b2@example.com`}");
        is(
                oslo.post("_table/customer?id_field=email", "[{`name`:`Y`,`city`:`Oslo`,`email`:`y@example.com`}]"),
                "{`resource`:[{`email`:`y@example.com`}]}");
    }

    @Test
    void withoutAKeyNothingIsWrittenUnderARowRule() {
        server.run(
                config,
                "CREATE TABLE mark (label varchar(20), owner varchar(20));\nINSERT INTO mark VALUES ('a', 'me')");
        api.service().clearCache();
        SqlApi mine = api.ruled(rule("owner", "=", "me"));
        assertThat(mine.fails(Verb.POST, "_table/mark?id_field=label", "[{`label`:`a`,`owner`:`me`}]")
                        .toString())
                .contains("Table 'mark' has no primary key");
        assertThat(mine.failure(Verb.PATCH, "_table/mark/a?id_field=label", "{`label`:`b`}"))
                .startsWith("400 Table 'mark' has no primary key");
        assertThat(mine.failure(Verb.PATCH, "_table/mark?id_field=label&filter=owner=me", "[{`owner`:`you`}]"))
                .startsWith("400 Table 'mark' has no primary key");
        is(api.get("_table/mark"), "{`resource`:[{`label`:`a`,`owner`:`me`}]}");
        is(api.patch("_table/mark/a?id_field=label", "{`label`:`b`}"), "{`label`:`b`}");
    }

    @Test
    void childrenHangOnTheRecordThatWasMade() {
        is(
                api.post(
                        "_table/orders?id_field=status",
                        "[{`customer_id`:4,`placed_on`:`2026-03-01`,`status`:`new`,`order_item_by_order_id`:[{`qty`:9}]}]"),
                "{`resource`:[{`status`:`new`}]}");
        is(api.get("_table/order_item?fields=order_id&filter=qty=9"), "{`resource`:[{`order_id`:5}]}");
    }

    @Test
    void aFilterHoldsForWhatIsWritten() {
        is(api.patch("_table/customer?filter=id=1&id_field=city", "[{`credit`:3}]"), "{`resource`:[{`city`:`Oslo`}]}");
        is(api.get("_table/customer?as_list=true&filter=credit=3"), "{`resource`:[1]}");
        api.post("_table/note", "[{`body`:`same`},{`body`:`same`},{`body`:null}]");
        is(api.delete("_table/note?filter=id=1&id_field=body"), "{`resource`:[{`body`:`same`}]}");
        is(api.get("_table/note?as_list=true&order=id"), "{`resource`:[2,3]}");
        is(api.delete("_table/note?filter=id=3&id_field=body"), "{`resource`:[{`body`:null}]}");
        is(api.get("_table/note?as_list=true"), "{`resource`:[2]}");
    }

    @Test
    void anUpsertThatCreatesNeedsTheRightToCreate() {
        try (SqlApi upserting = over("allow_upsert", true)) {
            assertThat(upserting
                            .with(creating(31 & ~Verb.POST.mask(), Optional.empty()))
                            .failure(Verb.PUT, "_table/product/Z-9", "{`title`:`New`,`price`:1}"))
                    .startsWith("403 ")
                    .contains("POST access to component '_table/product'");
            SqlApi dear = upserting.with(creating(31, Optional.of(rule("price", ">", 5))));
            assertThat(dear.fails(Verb.PATCH, "_table/product", "[{`sku`:`Z-9`,`title`:`New`,`price`:1}]")
                            .toString())
                    .contains(DENIED);
            is(api.get("_table/product?count_only=true"), "3");
            is(dear.put("_table/product/Z-9", "{`title`:`New`,`price`:6}"), "{`sku`:`Z-9`}");
            is(dear.put("_table/product/Z-9", "{`price`:1}"), "{`sku`:`Z-9`}");
        }
    }

    private static Rights creating(int mask, Optional<RowRule> rule) {
        return new Rights() {
            @Override
            public int mask(String component) {
                return mask;
            }

            @Override
            public Optional<RowRule> rows(Verb verb, String component) {
                return verb == Verb.POST ? rule : Optional.empty();
            }
        };
    }
}
