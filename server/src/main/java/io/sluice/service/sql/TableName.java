package io.sluice.service.sql;

import org.jspecify.annotations.Nullable;

/**
 * A table or view as the catalogue lists it.
 *
 * @param api the name in addresses: plain in the default schema, else {@code schema.table}
 * @param schema null where there are no schemas
 */
record TableName(
        String api,
        @Nullable String schema,
        String name,
        boolean view,
        @Nullable String comment) {}
