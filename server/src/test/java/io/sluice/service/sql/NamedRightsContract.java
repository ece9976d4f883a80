package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Verb;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rights where the name that is asked for is not the one that they are given for. */
abstract class NamedRightsContract extends FreshSample {
    private SqlApi confined() {
        return api.with(RelatedContract.rights(
                Set.of("tag", "customer_tag"), Map.of("customer", RowRuleContract.rule("city", "=", "Oslo"))));
    }

    @Test
    void aClosedTableBetweenClosesTheWay() {
        SqlApi few = api.with(RelatedContract.rights(Set.of("customer_tag"), Map.of()));
        for (String address : List.of(
                "_table/customer?related=tag_by_customer_tag",
                "_table/customer?related=orders_by_customer_id.customer_by_customer_id.tag_by_customer_tag",
                "_table/customer?filter=tag_by_customer_tag.label = 'vip'",
                "_table/customer?filter=tag.label = 'vip'")) {
            assertThat(few.failure(Verb.GET, address, null))
                    .startsWith("403 Access Forbidden. GET access to component '_table/customer_tag'");
        }
        assertThat(((Map<?, ?>) few.get("_table/customer/1?related=*")).keySet().toString())
                .contains("orders_by_customer_id")
                .doesNotContain("tag_by_customer_tag");
        api.patch("_schema/customer/_related/tag_by_customer_tag", "{`always_fetch`:true}");
        assertThat(String.valueOf(api.get("_table/customer/1"))).contains("tag_by_customer_tag");
        assertThat(String.valueOf(few.get("_table/customer/1"))).doesNotContain("tag_by_customer_tag");
    }

    @Test
    void anAliasOpensNothing() {
        api.patch("_schema/customer", "{`alias`:`x`,`field`:[{`name`:`city`,`alias`:`home`}]}");
        api.patch("_schema/tag", "{`alias`:`y`}");
        SqlApi few = confined();
        is(few.get("_table/x?count_only=true"), "2");
        assertThat(few.get("_table/orders?related=*").toString())
                .contains("Ann Vale")
                .doesNotContain("Bo Reed");
        is(few.get("_table/orders?count_only=true&filter=x.name = 'Bo Reed'"), "0");
        assertThat(few.failure(Verb.PATCH, "_table/x/2", "{`name`:`mine`}")).startsWith("404 ");
        assertThat(few.failure(Verb.PATCH, "_table/x/1", "{`home`:`Bergen`}")).startsWith("403 ");
        assertThat(few.failure(Verb.DELETE, "_table/x/2", null)).startsWith("404 ");
        for (String address : List.of("_table/y", "_table/y/1", "_schema/y", "_schema/tag")) {
            assertThat(few.failure(Verb.GET, address, null)).as(address).startsWith("403 ");
        }
    }
}
