package io.sluice.service.sql;

import org.jspecify.annotations.Nullable;

/**
 * A table or view as the catalogue lists it.
 *
 * @param api the name in addresses: the alias if there is one, else {@code real}
 * @param real the database's own name: plain in the default schema, else {@code schema.table}
 * @param schema null where there are no schemas
 */
record TableName(
        String api,
        String real,
        @Nullable String schema,
        String name,
        boolean view,
        @Nullable String comment) {
    /** No alias stands for it. */
    boolean sameName() {
        return api.equalsIgnoreCase(real);
    }

    TableName named(String alias) {
        return alias.equals(api) ? this : new TableName(alias, real, schema, name, view, comment);
    }
}
